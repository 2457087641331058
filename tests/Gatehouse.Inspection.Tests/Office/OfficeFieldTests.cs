using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Office;

/// <summary>Fields as they are cut, nested, hidden in what some readers leave out, and deleted under revision.</summary>
public sealed class OfficeFieldTests
{
    private const string Begin = "<w:fldChar w:fldCharType='begin'/>";
    private const string End = "<w:fldChar w:fldCharType='end'/>";
    private const string Choice = "<mc:AlternateContent><mc:Choice Requires='foo'>";
    private const string EndOfChoice = "</mc:Choice></mc:AlternateContent>";
    private const string Deleted = "<w:del><w:r>";
    private const string EndOfDeleted = "</w:r></w:del>";

    [Theory]
    [InlineData("<w:fldSimple w:instr=' DDEAUTO c:\\\\a.exe \"/k b\"'/>")]
    [InlineData("<w:instrText> dde excel a</w:instrText>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>D</w:instrText><w:t>x</w:t><w:instrText>DEAUTO c</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText> DDE</w:instrText><w:instrText>AUTO c</w:instrText>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='begin'/><w:instrText>QUOTE 68 68 69 65 85 84 79</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText> c</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType='separate'/><w:fldChar w:fldCharType='begin'/><w:instrText>LINK Excel.Sheet a</w:instrText><w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:instrText><z:a xmlns:z='z'/>DDEAUTO c</w:instrText>")]
    [InlineData("<w:instrText>=1 </w:instrText><w:fldChar w:fldCharType=' begin '/><w:instrText>DDEAUTO c</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:instrText><![CDATA[DDEAUTO c]]></w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \"http://example.org/a.png\" \\d</w:instrText>")]
    [InlineData("<w:instrText>INCLUDETEXT \\\\\\\\host\\\\share\\\\a.docx</w:instrText>")]
    [InlineData("<w:instrText>HYPERLINK \"javascript:1\"</w:instrText>")]
    [InlineData("<w:instrText>DATABASE \\d a</w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \\d \"http://host/a.png\" \\* MERGEFORMAT</w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \\d\"http://host/a.png\"</w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \"\" \"http://host/a.png\"</w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \"\\host\\share\\a.png\"</w:instrText>")]
    [InlineData("<w:instrText>INCLUDETEXT \\! \"\\\\\\\\host\\\\share\\\\a.docx\"</w:instrText>")]
    [InlineData("<w:instrText>HYPERLINK \\o \"tip\" \"file://host/share/a.exe\"</w:instrText>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>INCLUDEPICTURE </w:instrText><w:fldChar w:fldCharType='begin'/><w:instrText>DOCPROPERTY U</w:instrText><w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='begin'/><w:instrText>QUOTE 0x44 0x44 0x45</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText> c</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>DDE</w:instrText><w:tab/><w:instrText>c</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='begin'/><w:instrText>REF a</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText> c</w:instrText><w:fldChar w:fldCharType='end'/>")]
    public void Fields_that_start_or_load_something_are_active(string run) =>
        Archives.RefusesOrFlags(With(run), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData("<w:instrText> PAGE </w:instrText>")]
    [InlineData("<w:instrText>TOC \\o \"1-3\" \\h</w:instrText>")]
    [InlineData("<w:instrText>HYPERLINK \"https://example.org\"</w:instrText>")]
    [InlineData("<w:instrText>HYPERLINK \\l \"_Toc1\"</w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \"C:\\\\a.png\"</w:instrText>")]
    [InlineData("<w:instrText>INCLUDEPICTURE \"C:\\\\a.png\" \\d \\* MERGEFORMATINET</w:instrText>")]
    [InlineData("<w:instrText>HYPERLINK \"https://example.org\" \\o \"Note: a tip\" \\t \"_blank\"</w:instrText>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>INCLUDEPICTURE a.png</w:instrText><w:fldChar w:fldCharType='separate'/><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>IF</w:instrText><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText>=1 a b</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:instrText>QUOTE \"DDE is a protocol\"</w:instrText>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK \"mailto:</w:instrText><w:fldChar w:fldCharType='begin'/><w:instrText>MERGEFIELD a</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText>\"</w:instrText><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:fldChar w:fldCharType='begin'/><w:instrText>IF 1=1</w:instrText><w:br/><w:instrText>a</w:instrText><w:t>b</w:t><w:fldChar w:fldCharType='end'/>")]
    [InlineData("<w:t>DDEAUTO is a field, \\\\host\\share a path</w:t>")]
    [InlineData("<w:fldChar w:fldCharType='end'/><w:instrText>DATE</w:instrText>")]
    public void Other_fields_are_honest(string run) => Archives.Accepts(With(run), Archives.Docx);

    [Fact]
    public void Fields_without_end_are_damage() =>
        Archives.Refuses(With(string.Concat(Enumerable.Repeat(Begin, 40))), Reasons.BadStructure);

    [Theory]
    [InlineData(Choice + "<w:instrText>x </w:instrText>" + EndOfChoice + "<w:instrText>DDEAUTO c</w:instrText>")]
    [InlineData("<w:instrText>DDE</w:instrText>" + Choice + "<w:instrText>x </w:instrText>" + EndOfChoice + "<w:instrText>AUTO c</w:instrText>")]
    [InlineData("<w:instrText>DDE</w:instrText>" + Choice + End + EndOfChoice + "<w:instrText>AUTO c</w:instrText>")]
    [InlineData("<w:instrText>x </w:instrText>" + Choice + Begin + EndOfChoice + "<w:instrText>DDE c</w:instrText>")]
    [InlineData("<w:instrText>INCLUDE</w:instrText>" + Choice + "<w:instrText>x </w:instrText>" + EndOfChoice + "<w:instrText>PICTURE a</w:instrText>")]
    [InlineData("<w:instrText>HYPERLINK a</w:instrText>" + Choice + "<w:instrText> b</w:instrText>" + EndOfChoice)]
    [InlineData("<foo:x><w:r><w:instrText>x </w:instrText></w:r></foo:x><w:instrText>DDEAUTO c</w:instrText>")]
    [InlineData("<foo:instrText>x </foo:instrText><w:instrText>DDEAUTO c</w:instrText>")]
    [InlineData("<s:instrText>x </s:instrText><w:instrText>DDEAUTO c</w:instrText>")]
    [InlineData("<w:instrText>DDE<foo:instrText>x</foo:instrText>AUTO c</w:instrText>")]
    [InlineData("<w:instrText>DDE<w:instrText>x</w:instrText>AUTO c</w:instrText>")]
    [InlineData("<w:instrText>DDE</w:instrText><foo:x foo:fldCharType='end'/><w:instrText>AUTO c</w:instrText>")]
    [InlineData("<w:instrText>DDE</w:instrText><w:fldChar foo:fldCharType='end'/><w:instrText>AUTO c</w:instrText>")]
    public void What_some_readers_leave_out_hides_no_field(string run) => Archives.RefusesOrFlags(With(Begin + run + End), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData("<w:instrText>PAGE</w:instrText>" + Choice + "<w:instrText> x</w:instrText>" + EndOfChoice)]
    [InlineData("<w:instrText>INCLUDEPICTURE a.png</w:instrText><w:fldChar w:fldCharType='separate'/>" + Choice + Begin + "<w:instrText>PAGE</w:instrText>" + End + "<w:t>1</w:t>" + EndOfChoice)]
    [InlineData("<m:r xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><w:instrText>SEQ a</w:instrText></m:r>")]
    public void Fields_in_drawings_and_equations_are_honest(string run) => Archives.Accepts(With(Begin + run + End), Archives.Docx);

    [Theory]
    [InlineData(Begin + "<w:t>DDEAUTO c</w:t>" + End)]
    [InlineData(Begin + "<w:t>D</w:t><w:instrText>DEAUTO c</w:instrText>" + End)]
    [InlineData(Begin + "<w:instrText>D</w:instrText><w:t>DEAUTO c</w:t>" + End)]
    [InlineData(Begin + "<w:t>INCLUDEPICTURE http://host/a.png</w:t>" + End)]
    [InlineData(Begin + "<w:instrText>D</w:instrText><w:noBreakHyphen/><w:instrText>DE c</w:instrText>" + End)]
    public void Shown_text_in_a_field_s_instruction_counts(string run) => Archives.RefusesOrFlags(With(run), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData(Begin + Deleted + "<w:delInstrText>x </w:delInstrText>" + EndOfDeleted + "<w:instrText>DDEAUTO c</w:instrText>" + End)]
    [InlineData(Begin + "<w:instrText>DDE</w:instrText>" + Deleted + "<w:delInstrText>x </w:delInstrText>" + EndOfDeleted + "<w:instrText>AUTO c</w:instrText>" + End)]
    [InlineData(Begin + "<w:instrText>DDE</w:instrText>" + Deleted + "<w:delInstrText>AUTO c</w:delInstrText>" + EndOfDeleted + "<w:instrText>x</w:instrText>" + End)]
    [InlineData(Begin + "<w:instrText>DDE</w:instrText>" + Deleted + End + EndOfDeleted + "<w:instrText>AUTO c</w:instrText>" + End)]
    [InlineData(Deleted + Begin + "<w:delInstrText>LINK a</w:delInstrText>" + End + EndOfDeleted)]
    public void Deleted_text_is_judged_as_there_and_as_gone(string run) => Archives.RefusesOrFlags(With(run), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData(Deleted + Begin + EndOfDeleted + Deleted + "<w:delInstrText>PAGE</w:delInstrText>" + EndOfDeleted + Deleted + End + EndOfDeleted)]
    [InlineData(Begin + "<w:instrText>HYPERLINK \"https://</w:instrText>" + Deleted + "<w:delInstrText>a</w:delInstrText>" + EndOfDeleted + "<w:instrText>b\"</w:instrText>" + End)]
    public void Deleted_fields_are_honest(string run) => Archives.Accepts(With(run), Archives.Docx);

    private static byte[] With(string runs) => OfficeBuilder.Word.WithMain(
        $"<w:p xmlns:w='{OfficeBuilder.WordNamespace}' xmlns:s='http://purl.oclc.org/ooxml/wordprocessingml/main' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        + $"xmlns:foo='urn:foo' mc:Ignorable='foo'>{runs}</w:p>").Build();
}
