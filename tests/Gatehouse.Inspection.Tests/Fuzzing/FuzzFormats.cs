using System.Text;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Heic;
using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.Pdf;
using Gatehouse.Inspection.Tests.Png;
using Gatehouse.Inspection.Tests.Text;
using Gatehouse.Inspection.Tests.Zip;
using static Gatehouse.Inspection.Tests.Webp.WebpBuilder;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>The formats that are fuzzed, one entry each.</summary>
internal static class FuzzFormats
{
    public static IReadOnlyList<FuzzFormat> All { get; } =
    [
        new("image/png", HeaderLength: 33, random => Small(random).Build())
        {
            Split = PngParts.Split,
            Repair = PngParts.Repair,
            Words = Words("IHDR", "PLTE", "IDAT", "IEND", "tEXt", "zTXt", "iTXt", "iCCP", "eXIf", "acTL", "fcTL", "fdAT", "tRNS", "<script", "PK\u0005\u0006"),
            IsLastCheck = (refusal, file) => refusal.Offset >= file.Length - 12,
        },
        new("image/jpeg", HeaderLength: 4, JpegSamples.Random)
        {
            Split = JpegParts.Split,
            Repair = JpegParts.Repair,
            Words = [[0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xC0], [0xFF, 0xC4], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xDD], [0xFF, 0xE1], [0xFF, 0xFE], [0xFF, 0], [0xFF, 0xD0]],
        },
        new("application/pdf", HeaderLength: 8, PdfSamples.Random)
        {
            Split = PdfParts.Split,
            Repair = PdfParts.Repair,
            Words = Words(
                "/JS(x)", "/S/Launch", "/Type/ObjStm", "/Type/XRef", "/Length 9", "/Filter/FlateDecode", "/Filter/LZWDecode", "/DecodeParms<</Predictor 12/Columns 4>>", "<<", ">>", "[", "]", "(", ")", "1 0 R",
                "endobj", "stream\n", "endstream", "%%EOF", "%", "null", "/Kids[3 0 R]", "/Root 1 0 R", "/Prev 9", "/Encrypt 6 0 R", "9 0 obj"),
            // Pages and the cross-reference come last, behind every object's judgement.
            IsLastCheck = (refusal, _) => refusal.Reason is Reasons.ActiveContent or Reasons.EmbeddedFile or Reasons.BadStructure && refusal.Offset > 0,
        },
        new("text/plain", HeaderLength: 1, TextSamples.Random)
        {
            Split = TextParts.Split,
            Words = [.. Words("<script>", "</script>", "<?php", "<p onclick=", "+ADw-", "%PDF-1.4", "1 0 obj", "PK\u0003\u0004", "\u001a", "<!--", "-->"), [0xC3], [0xEF, 0xBB, 0xBF], [0]],
            IsLastCheck = (refusal, file) => refusal.Reason is Reasons.UnknownEncoding or Reasons.Truncated || refusal.Offset >= file.Length - 2,
        },
        new("image/gif", HeaderLength: 13, _ => new GifBuilder().Build()),
        new("image/webp", HeaderLength: 12, random => Riff(random.Next(2) == 0 ? Lossy() : Lossless())),
        new("video/mp4", HeaderLength: 24, random => random.Next(2) == 0 ? new Mp4Builder().Build() : Mp4Builder.Fragmented(2)),
        new("image/heic", HeaderLength: 24, _ => new HeicBuilder().Build()),
        new("application/zip", HeaderLength: 1, random => ZipBuilder.Random(random).Build()),
    ];

    private static PngBuilder Small(Random random) => PngBuilder.Random(random) with { Width = random.Next(1, 12), Height = random.Next(1, 12), StoredBlock = random.Next(1, 64), DataChunk = random.Next(1, 200) };

    private static IReadOnlyList<byte[]> Words(params string[] words) => [.. words.Select(Encoding.Latin1.GetBytes)];
}
