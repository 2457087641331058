using System.Text.RegularExpressions;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Office;

public sealed class OfficeActiveContentTests
{
    private static readonly OfficeBuilder Word = OfficeBuilder.Word;

    [Theory]
    [InlineData("hyperlink", "https://example.org/a?b=c#d")]
    [InlineData("hyperlink", "http://example.org:8080/")]
    [InlineData("hyperlink", "mailto:a@b.c")]
    [InlineData("hyperlink", "tel:+491")]
    [InlineData("hyperlink", "ftp://example.org/a.zip")]
    [InlineData("hyperlink", "sip:a@b.c")]
    [InlineData("hyperlink", "about:blank")]
    [InlineData("hyperlink", "www.example.com")]
    [InlineData("hyperlink", "https://example.org/setup.exe")]
    [InlineData("hyperlink", "file:///C:\\Users\\me\\Documents\\plan%20B.docx#a")]
    [InlineData("hyperlink", "C:\\Users\\me\\plan.docx")]
    [InlineData("hyperlink", "other.docx")]
    [InlineData("hyperlink", "#Sheet2!A1")]
    [InlineData("image", "file:///C:\\Users\\a\\b.png")]
    [InlineData("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm")]
    [InlineData("attachedTemplate", "Letter.dotx")]
    public void Plain_links_and_files_of_the_sender_s_own_disk_are_honest(string type, string target) =>
        Archives.Accepts(Word.WithRelation(type, target, isExternal: true).Build(), Archives.Docx);

    [Theory]
    [InlineData("hyperlink", "javascript:alert(1)")]
    [InlineData("hyperlink", " java&#10;script:alert(1)")]
    [InlineData("hyperlink", "file:///etc/passwd")]
    [InlineData("hyperlink", @"\\host\share\a")]
    [InlineData("hyperlink", "\uFF3C\uFF3Chost\uFF3Cshare")]
    [InlineData("hyperlink", @"..\..\a.exe")]
    [InlineData("hyperlink", "payload.hta?a#b")]
    [InlineData("hyperlink", "/c:/windows/system32/calc.exe")]
    [InlineData("hyperlink", "file:///C:\\windows\\system32\\calc.exe")]
    [InlineData("attachedTemplate", @"\??\UNC\host\a.dotm")]
    [InlineData("attachedTemplate", @"\host\share\a.dotm")]
    [InlineData("attachedTemplate", "/file:///host/a.dotm")]
    [InlineData("attachedTemplate", "file://c:80/share/a.dotm")]
    [InlineData("hyperlink", "ms-msdt:/id")]
    [InlineData("hyperlink", "//host/share")]
    [InlineData("image", "http://example.org/a.png")]
    [InlineData("image", @"\\host\share\a.png")]
    [InlineData("image", "file://host/share/a.png")]
    [InlineData("image", @"file:///\\host\a.png")]
    [InlineData("attachedTemplate", "https://example.org/a.dotm")]
    [InlineData("attachedTemplate", "%5C%5Chost%5Ca.dotm")]
    [InlineData("oleObject", "http://example.org/a.html")]
    [InlineData("oleObject", "mhtml:http://example.org!x-usc:http://example.org/a.html")]
    [InlineData("oleObject", "file:///C:\\a.xlsx")]
    [InlineData("frame", "http://example.org/")]
    [InlineData("subDocument", "a.docx")]
    [InlineData("externalLinkPath", "a.xlsx")]
    [InlineData("anythingElse", "http://example.org/")]
    public void What_leads_outside_otherwise_is_active(string type, string target) =>
        Archives.RefusesOrFlags(Word.WithRelation(type, target, isExternal: true).Build(), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData("image", "http://example.org/a.png")]
    [InlineData("attachedTemplate", @"\\host\a.dotm")]
    public void An_absolute_target_is_outside_whatever_its_mode_says(string type, string target) =>
        Archives.Refuses(Word.WithRelation(type, target).Build(), Reasons.ActiveContent);

    [Theory]
    [InlineData("<w:attachedTemplate r:id='r7'/>")]
    [InlineData("<a:blip r:link='r7'/>")]
    [InlineData("<o:OLEObject Type='Link' r:id=' r7 '/>")]
    [InlineData("<w:sourceFileName r:id='r7'/>")]
    [InlineData("<w:subDoc r:id='r7'/>")]
    [InlineData("<w:altChunk r:id='r7'/>")]
    [InlineData("<v:imagedata r:href='r7'/>")]
    public void What_an_element_loads_is_no_link_whatever_its_relationship_says(string element)
    {
        static OfficeBuilder With(string xml, string target) =>
            Word.WithMain($"<main xmlns:w='w' xmlns:a='a' xmlns:o='o' xmlns:v='v' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>{xml}</main>")
                .With("word/_rels/document.xml.rels", Regex.Replace(OfficeBuilder.Relations(("hyperlink", target, true)), "Id='r[0-9]+'", "Id='r7'", RegexOptions.None, TimeSpan.FromSeconds(1)));

        Archives.RefusesOrFlags(With(element, "https://example.org/a").Build(), Reasons.ActiveContent, Archives.Docx);
        Archives.Accepts(With(element, "a.png").Build(), Archives.Docx);
        Archives.Accepts(With(element.Replace("r7", "r8", StringComparison.Ordinal) + "<w:hyperlink r:id='r7'/>", "https://example.org/a").Build(), Archives.Docx);
    }

    [Theory]
    [InlineData("control")]
    [InlineData("activeXControlBinary")]
    [InlineData("externalLink")]
    [InlineData("connections")]
    [InlineData("frame")]
    [InlineData("webextensiontaskpanes")]
    public void Controls_and_links_to_data_are_active(string type) =>
        Archives.RefusesOrFlags(Word.WithRelation(type, "a.xml").Build(), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData("oleObject")]
    [InlineData("package")]
    [InlineData("aFChunk")]
    public void Embedded_objects_are_refused_or_flagged(string type) =>
        Archives.RefusesOrFlags(Word.WithRelation(type, "a.bin").Build(), Reasons.EmbeddedFile, Archives.Docx);

    [Fact]
    public void An_OLE_object_that_nothing_leads_to_is_found() =>
        Archives.Refuses(Word.With("word/embeddings/a.bin", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]).Build(), Reasons.EmbeddedFile);

    [Fact]
    public void A_chart_may_be_linked_to_a_workbook_on_the_sender_s_own_disk()
    {
        OfficeBuilder With(string target) => Word.WithChart("oleObject", target, isExternal: true);

        Archives.Accepts(With("file:///C:\\a.xlsx").Build(), Archives.Docx);
        Archives.Refuses(With(@"file:///\\host\a.xlsx").Build(), Reasons.ActiveContent);
    }

    [Fact]
    public void A_chart_is_told_by_its_type_and_not_by_its_folder()
    {
        var chart = Word.WithChart("package", "../e/a.pdf").With("word/e/a.pdf", "x");

        Archives.Accepts(chart.Build(), Archives.Docx);
        Archives.RefusesOrFlags((chart with { Types = Word.Types }).Build(), Reasons.EmbeddedFile, Archives.Docx);
    }

    [Fact]
    public void A_chart_may_lie_in_any_folder()
    {
        var chart = Word.With("word/x/c.xml", "<a/>").WithType("<Override PartName='/word/X/c.xml' ContentType='application/vnd.ms-office.chartex+xml'/>");

        Archives.Accepts(chart.With("word/x/_rels/c.xml.rels", OfficeBuilder.Relations(("package", "a.bin", false))).Build(), Archives.Docx);
    }

    [Theory]
    [InlineData("customUI/customUI.xml", "2006/01", "onLoad='http://example.org/a.dotm!Go'")]
    [InlineData("customUI/customUI14.xml", "2009/07", "loadImage='\\\\host\\a.dotm!Go'")]
    [InlineData("customUI/other.bin", "2009/07", "getLabel='other.xlsm!Go'")]
    public void A_ribbon_that_calls_another_file_s_macro_is_active(string part, string version, string callback) =>
        Archives.RefusesOrFlags(
            Word.With(part, $"<customUI xmlns='http://schemas.microsoft.com/office/{version}/customui'><ribbon><button {callback}/></ribbon></customUI>").Build(), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData("onAction='Module1.Go' label='Ready: go!'")]
    [InlineData("image='a:b'")]
    public void Another_ribbon_is_honest(string attributes) =>
        Archives.Accepts(
            Word.With("customUI/customUI.xml", $"<customUI xmlns='http://schemas.microsoft.com/office/2006/01/customui'><button {attributes}/></customUI>").With("word/a.xml", "<a on='x:y' onLoad='x!y'/>").Build(),
            Archives.Docx);

    [Theory]
    [InlineData("application/vnd.ms-office.activeX", Reasons.ActiveContent)]
    [InlineData("application/vnd.ms-office.vbaProject", Reasons.Macro)]
    public void A_type_given_to_an_extension_counts_for_its_parts(string type, string reason)
    {
        var document = Word.WithType($"<Default Extension='bin' ContentType='{type}'/>");

        Archives.Accepts(document.Build(), Archives.Docx);
        Archives.Accepts(document.With("word/a.bin", "x").WithType("<Override PartName='/word/a.bin' ContentType='image/png'/>").Build(), Archives.Docx);
        Archives.Refuses(document.With("word/a.BIN", "x").Build(), reason);
    }

    [Theory]
    [InlineData("word/activeX/activeX1.xml")]
    [InlineData("xl/externalLinks/externalLink1.xml")]
    public void Controls_and_linked_workbooks_are_found_by_their_part(string part) =>
        Archives.Refuses(Word.With(part, "<a/>").Build(), Reasons.ActiveContent);

    [Theory]
    [InlineData("application/vnd.ms-office.activeX+xml")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")]
    public void Controls_and_linked_workbooks_are_found_by_their_type(string type) =>
        Archives.Refuses(Word.WithType($"<Override PartName='/word/x.xml' ContentType='{type}'/>").Build(), Reasons.ActiveContent);

    [Theory]
    [InlineData("<s:ddeLink xmlns:s='x'/>")]
    [InlineData("<oleLink/>")]
    [InlineData("<webPr xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' url='http://example.org'/>")]
    [InlineData("<w:mailMerge xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>")]
    [InlineData("<w:sourceFileName xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' w:val='http://example.org'/>")]
    [InlineData("<a:hlinkClick xmlns:a='x' action='ppaction://program?a.exe'/>")]
    [InlineData("<a:hlinkClick xmlns:a='x' action='ppaction://macro?name=a'/>")]
    [InlineData("<a:hlinkClick xmlns:a='x' action=' ppaction://macro?name=a'/>")]
    [InlineData("<a:hlinkClick xmlns:a='x' action='ppaction:// program'/>")]
    [InlineData("<v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' src='http://example.org/a.png'/>")]
    [InlineData("<v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' althref='http://example.org/a.png'/>")]
    [InlineData("<v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office' o:href='file://host/a.png'/>")]
    [InlineData("<v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office' o:href='http://example.org/a.png'/>")]
    [InlineData("<v:fill xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office' o:href='http://example.org/a.png'/>")]
    public void Markup_that_acts_is_active(string xml)
    {
        Archives.RefusesOrFlags(Word.WithMain($"<a>{xml}</a>").Build(), Reasons.ActiveContent, Archives.Docx);
        Archives.Refuses(Word.With("word/drawing1.vml", $"<a>{xml}<br></a>").Build(), Reasons.ActiveContent);
    }

    [Theory]
    [InlineData("<a:hlinkClick xmlns:a='x' action='ppaction://hlinkshowjump?jump=nextslide'/>")]
    [InlineData("<v:shape xmlns:v='urn:schemas-microsoft-com:vml' href='https://example.org'/>")]
    [InlineData("<custom src='http://example.org' href='data:,a'/>")]
    [InlineData("<m:f xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:num><m:r><m:t>P(B|A)</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>")]
    [InlineData("<m:f xmlns:m='http://purl.oclc.org/ooxml/officeDocument/math'><m:num><m:r><m:t>|x|</m:t></m:r></m:num></m:f>")]
    public void Other_markup_is_honest(string xml) => Archives.Accepts(Word.WithMain($"<a>{xml}</a>").Build(), Archives.Docx);

    [Fact]
    public void A_drawing_that_is_not_well_formed_is_honest() => Archives.Accepts(Word.With("word/drawing1.vml", "<a><br></a>").Build(), Archives.Docx);

    [Theory]
    [InlineData("src=\"http://example.org/a.png\"")]
    [InlineData("o:althref = 'http&#58;//example.org/a.png'")]
    [InlineData("HREF=\\\\host\\a>")]
    public void Behind_the_first_mistake_of_a_drawing_addresses_are_still_judged(string attribute)
    {
        Archives.Refuses(Word.With("word/drawing1.vml", $"<a><br></a><v:imagedata {attribute} />").Build(), Reasons.ActiveContent);
        Archives.Refuses(Word.With("word/a.png", System.Text.Encoding.Unicode.GetBytes($"<a><br></a><v:imagedata {attribute} />")).Build(), Reasons.ActiveContent);
    }

    [Fact]
    public void Honest_addresses_behind_a_mistake_pass() =>
        Archives.Accepts(Word.With("word/drawing1.vml", "<a><br></a><v:imagedata src='a.png' href=\"https://example.org\"/><p>src</p><i src='data:image/png;base64,AAAA'>").Build(), Archives.Docx);

    [Theory]
    [InlineData("oleObject ", Reasons.EmbeddedFile)]
    [InlineData("aFChunk\t", Reasons.EmbeddedFile)]
    [InlineData("control ", Reasons.ActiveContent)]
    public void Blanks_behind_a_relationship_s_type_do_not_hide_it(string type, string reason) =>
        Archives.Refuses(Word.WithRelation(type, "a.bin").Build(), reason);
}
