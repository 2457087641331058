using Gatehouse.Inspection.Tests.Pdf;
using Gatehouse.Inspection.Tests.SecondFormats;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Office;

/// <summary>Parts that are no part of a document.</summary>
public sealed class OfficeForeignPartTests
{
    private static readonly OfficeBuilder Word = OfficeBuilder.Word;
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];

    [Theory]
    [InlineData("word/media/a.png")]
    [InlineData("word/drawing1.vml")]
    [InlineData("customXml/a.txt")]
    public void The_anti_malware_test_string_in_a_part_is_malware(string part)
    {
        byte[] eicar = [.. @"X5O!P%@AP[4\PZX54(P^)7CC)7}$"u8, .. "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8];

        Archives.Refuses(Word.With(part, eicar).Build(), Reasons.Malware);
    }

    [Theory]
    [InlineData("word/embeddings/a.pdf")]
    [InlineData("word/media/a.png")]
    [InlineData("word/drawing1.vml")]
    public void Documents_among_the_parts_are_refused_or_flagged(string part)
    {
        foreach (var content in new byte[][] { PdfBuilder.With("null"), [.. "\r\n"u8, .. PdfBuilder.With("null")], [.. "{\\rtf1 a}"u8], [.. "<!DOCTYPE HTML><p>"u8], [.. " <script>a</script>"u8], [.. "MIME-Version: 1.0\r\n"u8], Compound, [1, .. Compound], [.. new byte[5000], .. Compound] })
            Archives.RefusesOrFlags(Word.With(part, content).Build(), Reasons.EmbeddedFile, Archives.Docx);
    }

    [Fact]
    public void A_program_is_told_in_a_drawing_as_well() => Archives.RefusesOrFlags(Word.With("word/drawing1.vml", Guests.All["exe"]).Build(), Reasons.EmbeddedFile, Archives.Docx);

    [Fact]
    public void A_picture_is_one_whatever_bytes_are_in_it() =>
        Archives.Accepts(Word.With("word/media/a.png", [.. new Png.PngBuilder().Build(), .. Compound]).Build(), Archives.Docx);

    [Theory]
    [InlineData("a /officeDocument")]
    [InlineData("image\u00A0x")]
    [InlineData("a&#10;b")]
    public void A_relationship_s_type_with_a_blank_in_it_is_damage(string type) => Archives.Refuses(Word.WithRelation(type, "a.png").Build(), Reasons.BadStructure);
}
