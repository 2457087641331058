using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>What only some readers make sense of (ISO 32000-1, 7.3.7 and 7.3.10): whatever it would mean to them, the file is damaged.</summary>
public sealed class PdfSpellingTests
{
    [Theory]
    [InlineData("<</Type/Action[/S/JavaScript/JS(1)]>>")]
    [InlineData("<</Type/Action <</S/JavaScript/JS(1)>> >>")]
    [InlineData("<<<</S/JavaScript/JS(1)>>/Y 1>>")]
    [InlineData("<</Type/Action[/S/Named]>>")]
    public void An_array_or_a_dictionary_where_a_name_belongs_is_refused(string value) => Judge.Refuses(PdfBuilder.With(value), Reasons.BadStructure);

    [Theory]
    [InlineData("5 0R")]
    [InlineData("+5 0 R")]
    [InlineData("5.0 0 R")]
    [InlineData("5. 0 R")]
    [InlineData("5 +0 R")]
    [InlineData("5 0.R")]
    [InlineData("00000000000005 0 R")]
    [InlineData("5 00000000000000 R")]
    [InlineData("99999999999 0 R")]
    [InlineData("R")]
    public void A_reference_in_another_spelling_is_refused(string reference)
    {
        var file = new PdfBuilder().Object(5, "(https://example.org)");
        Judge.Accepts(file.Object(4, "<</S/URI/URI 5 0 R>>").End());
        Judge.Refuses(new PdfBuilder().Object(5, "(file:///c:/a.exe)").Object(4, $"<</S/URI/URI {reference}>>").End(), Reasons.BadStructure);
        Judge.Refuses(new PdfBuilder().Stream(4, "/Type/ObjStm/N 1/First 4", System.Text.Encoding.ASCII.GetBytes($"8 0 [{reference}]")).End(), Reasons.BadStructure);
    }

    [Fact]
    public void A_word_or_a_number_where_a_name_belongs_is_passed_over() =>
        Judge.Refuses(PdfBuilder.With("<</A 1 2 word/S/JavaScript/JS(1)>>"), Reasons.ActiveContent);

    [Fact]
    public void An_object_that_is_nothing_but_a_reference_is_refused()
    {
        Judge.Refuses(new PdfBuilder().Object(4, "5 0 R").Object(5, "null").End(), Reasons.BadStructure);
        Judge.Refuses(new PdfBuilder().Object(5, "null").Stream(4, "/Type/ObjStm/N 1/First 4", "8 0 5 0 R"u8.ToArray()).End(), Reasons.BadStructure);
    }
}
