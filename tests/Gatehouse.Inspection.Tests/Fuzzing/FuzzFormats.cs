using System.Text;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Heic;
using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.Office;
using Gatehouse.Inspection.Tests.Pdf;
using Gatehouse.Inspection.Tests.Png;
using Gatehouse.Inspection.Tests.Text;
using Gatehouse.Inspection.Tests.Webp;
using Gatehouse.Inspection.Tests.Zip;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;

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
            // Pages and the cross-reference come last, and their refusal says where the cross-reference is.
            IsLastCheck = (refusal, file) => refusal.Reason is Reasons.BadStructure && refusal.Offset > 0 && refusal.Offset == PdfParts.LastStart(file),
        },
        new("text/plain", HeaderLength: 1, TextSamples.Random)
        {
            Split = TextParts.Split,
            Words = [.. Words("<script>", "</script>", "<?php", "<p onclick=", "+ADw-", "%PDF-1.4", "1 0 obj", "PK\u0003\u0004", "\u001a", "<!--", "-->"), [0xC3], [0xEF, 0xBB, 0xBF], [0]],
            // Which charset it is, is asked of a text that every rule has let through, and it is then told of the file as a whole.
            IsLastCheck = (refusal, file) => refusal is { Reason: Reasons.UnknownEncoding, Offset: 0 } || (refusal.Reason is Reasons.Truncated && !TextParts.IsUtf16(file)),
        },
        new("image/gif", HeaderLength: 13, random => GifBuilder.Random(random).Build())
        {
            Split = GifParts.Split,
            Repair = GifParts.Repair,
            Words = [.. Words("NETSCAPE2.0", "XMP DataXMP", "ICCRGBG1012", "<script", "PK\u0005\u0006", "GIF87a"), [0x2C], [0x3B], [0x21, 0xF9, 4, 0, 0, 0, 0, 0], [0x21, 0xFE, 1, 65, 0], [0x21, 0xFF, 11], [0], [0xFF]],
        },
        new("image/webp", HeaderLength: 12, WebpBuilder.Random)
        {
            Split = RiffParts.Split,
            Repair = RiffParts.Repair,
            Extent = RiffParts.Extent,
            Words = Words("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP ", "mine", "\u009D\u0001\u002A", "/", "<script", "PK\u0005\u0006"),
        },
        new("video/mp4", HeaderLength: 24, Mp4Builder.Random)
        {
            Split = IsoParts.Split,
            Repair = IsoParts.Repair,
            Extent = IsoParts.Extent,
            Words = BoxWords("moov", "trak", "mdia", "minf", "stbl", "stsd", "stts", "stsc", "stsz", "stz2", "stco", "co64", "mdat", "moof", "traf", "trun", "udta", "encv", "vide", "soun"),
            IsLastCheck = IsLastOfBoxes,
        },
        new("image/heic", HeaderLength: 24, random => HeicBuilder.Random(random).Build())
        {
            Split = IsoParts.Split,
            Repair = IsoParts.Repair,
            Extent = IsoParts.Extent,
            Words = BoxWords("meta", "pict", "pitm", "iinf", "infe", "iref", "iprp", "ipco", "ispe", "ipma", "iloc", "idat", "grid", "hvc1", "Exif", "mime", "dimg", "mpvd", "sefd", "moov"),
            IsLastCheck = IsLastOfBoxes,
        },
        new("application/zip", HeaderLength: 1, random => ZipBuilder.Random(random, longest: 2_000).Build())
        {
            Split = ZipParts.Split,
            Repair = ZipParts.Repair,
            Words = ZipWords,
            Inner = new(new("text/plain", HeaderLength: 1, _ => []) { Split = BlockParts.Split, Words = Words("MZ", "PK\u0003\u0004", "#!/bin/sh\n", "{\\rtf1") }, ZipParts.Unpack, ZipParts.Pack),
            IsBehindHeader = (refusal, file) => ZipParts.IsInEntries(refusal.Offset, file),
            IsLastCheck = (refusal, file) => ZipParts.IsInLastEntry(refusal.Offset, file),
        },
        new(Archives.Docx, HeaderLength: 1, OfficeSamples.Letter)
        {
            Split = ZipParts.Split,
            Repair = ZipParts.Repair,
            Words = ZipWords,
            Inner = new(new("application/xml", HeaderLength: 1, _ => []) { Split = XmlParts.Split, Repair = XmlParts.Repair, Words = XmlWords }, ZipParts.Unpack, ZipParts.Pack),
            AlsoNamed = [Archives.Zip],
            IsBehindHeader = (refusal, file) => ZipParts.IsInEntries(refusal.Offset, file),
            IsLastCheck = (refusal, file) => ZipParts.IsInLastEntry(refusal.Offset, file),
        },
    ];

    private static PngBuilder Small(Random random) => PngBuilder.Random(random) with { Width = random.Next(1, 12), Height = random.Next(1, 12), StoredBlock = random.Next(1, 64), DataChunk = random.Next(1, 200) };

    private static IReadOnlyList<byte[]> ZipWords => Words("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0007\u0008", "../", "/", "C:", "\\", "[Content_Types].xml", "mimetype", "vbaProject.bin", ".exe", "\u0001\u0000\u0010\u0000", "up");

    private static IReadOnlyList<byte[]> XmlWords => Words(
        "<!DOCTYPE x [<!ENTITY e 'x'>]>", "&e;", "&#0;", "<w:instrText>DDEAUTO c</w:instrText>", "<w:fldSimple w:instr=' INCLUDETEXT \"a\" '/>", "<o:OLEObject/>", " TargetMode='External'", " Target='//host/a.dotm'",
        "macrosheet", "<![CDATA[", "]]>", "<!--", "-->", "<a>", "</a>", " xmlns:w='x'", "'", "\u00FE\u00FF", "vbaProject", "javascript:", "<?xml version='1.0' encoding='utf-16'?>");

    /// <summary>After the walk over all boxes: nothing was described, or the file says otherwise at its very end.</summary>
    private static bool IsLastOfBoxes(Verdict.Refuse refusal, byte[] file) =>
        refusal.Reason is Reasons.Truncated ? IsoParts.Tile(file) : refusal.Offset >= file.Length - 2;

    private static IReadOnlyList<byte[]> BoxWords(params string[] types) => [.. Words(types), .. types.Select(t => Box(t)), FullBox("free", 0, 0), Word(0), Word(1), "<script"u8.ToArray(), "PK\u0005\u0006"u8.ToArray()];

    private static IReadOnlyList<byte[]> Words(params string[] words) => [.. words.Select(Encoding.Latin1.GetBytes)];
}
