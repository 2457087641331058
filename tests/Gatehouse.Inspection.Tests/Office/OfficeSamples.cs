using Gatehouse.Inspection.Tests.Png;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Office;

/// <summary>Letters as people write them: paragraphs, a field, links, a picture, settings; packed in every way.</summary>
internal static class OfficeSamples
{
    public static byte[] Letter(Random random)
    {
        var letter = OfficeBuilder.Word.WithMain($"<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='{OfficeBuilder.WordNamespace}'><w:body>{string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Paragraph(random)))}</w:body></w:document>");
        if (random.Next(2) == 0)
            letter = letter.WithRelation("hyperlink", "https://example.org/terms", isExternal: true);
        if (random.Next(2) == 0)
            letter = letter.With("word/settings.xml", $"<w:settings xmlns:w='{OfficeBuilder.WordNamespace}'><w:zoom w:percent='{random.Next(50, 150)}'/></w:settings>");
        if (random.Next(3) == 0)
            letter = letter.With("word/media/image1.png", new PngBuilder { Width = random.Next(1, 8) }.Build());
        if (random.Next(3) == 0)
            letter = letter.With("docProps/core.xml", "<core xmlns='x'><title>A letter</title></core>");
        letter = letter with { IsTypesLast = random.Next(3) == 0 };
        return ZipBuilder.Of([.. letter.Items.Select(i => i with { Method = random.Next(4) == 0 ? ZipItem.Stored : ZipItem.Deflated, Descriptor = random.Next(3) == 0 ? (Descriptor)random.Next(5) : Descriptor.None })]);
    }

    private static string Paragraph(Random random) => random.Next(4) switch
    {
        0 => "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
        1 => "<w:p><w:hyperlink w:anchor='a'><w:r><w:t>see below</w:t></w:r></w:hyperlink></w:p>",
        _ => $"<w:p><w:pPr><w:jc w:val='left'/></w:pPr><w:r><w:t xml:space='preserve'>{string.Concat(Enumerable.Repeat("A word &amp; another. ", random.Next(1, 6)))}</w:t></w:r></w:p>",
    };
}
