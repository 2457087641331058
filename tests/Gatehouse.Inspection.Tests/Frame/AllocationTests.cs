using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Tests.Gif;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Mp4;
using Gatehouse.Inspection.Tests.Office;
using Gatehouse.Inspection.Tests.Zip;
using static Gatehouse.Inspection.Tests.Webp.WebpBuilder;

namespace Gatehouse.Inspection.Tests.Frame;

/// <summary>What an inspection allocates does not grow with the file: ten times as large costs no more, but for what the pools of the first run keep.</summary>
public sealed class AllocationTests
{
    private const int Small = 500_000;
    private const int Large = 10 * Small;

    /// <summary>A twentieth of the large file, for buffers that other tests have taken from the pools meanwhile: one string of 24 bytes a formula is four times as much.</summary>
    private const long MostMore = 256 * 1024;

    private static readonly Dictionary<string, Func<int, byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["formulas"] = static length => Sheet(length, static (i, random) => $"<c r='A{i}'><f>IF(ISBLANK('a sheet'!B{i}),\"\",SUM(A{random}:H{i}))</f><v>{random}</v></c>"),
        ["links of formulas"] = static length => Sheet(length, static (i, random) => $"<c r='A{i}'><f>HYPERLINK(\"https://example.org/%C3%BC?q={random}\"&amp;B{i},\"a \"\"text\"\"\")</f></c>"),
        ["texts of a sheet"] = static length => OfficeBuilder.Excel.With("xl/sharedStrings.xml", Repeat(length, static (i, random) => $"<si><t xml:space='preserve'>Text {random} &amp; more, {i}\n</t></si>")).Build(),
        ["fields"] = static length => Letter(length, static (i, random) => $"<w:fldChar w:fldCharType='begin'/><w:instrText> HYPERLINK \"https://example.org/{random}\" \\o \"{i}\" </w:instrText><w:fldChar w:fldCharType='separate'/><w:fldChar w:fldCharType='end'/>"),
        ["drawings"] = static length => Letter(length, static (i, random) => $"<a:graphic xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:p id='{i}' name='Picture &quot;{random}&quot;'/></a:graphic><v:shape xmlns:v='urn:schemas-microsoft-com:vml' href='https://example.org/{random}'/>"),
        ["links"] = static length => OfficeBuilder.Word.With("word/_rels/document.xml.rels", Repeat(length, static (i, random) => $"<Relationship Id='r{i}' Type='{RelationTypes}hyperlink' Target='https://example.org/{random}?a&amp;b' TargetMode='External'/>")).Build(),
        ["an archive"] = static length => ZipBuilder.Of(new ZipItem("a.txt", Noise(length)), new ZipItem("b.txt", Encoding.UTF8.GetBytes(Repeat(length, static (i, random) => $"{i} {random}\n")))),
        ["a GIF"] = static length => new GifBuilder { Width = 300, Height = 300, TableBits = 8, Frames = [.. Enumerable.Repeat(GifBuilder.Frame(300, 300, bits: 8), length / 20_000)] }.Build(),
        ["a WebP"] = static length => Riff(Lossy(4000, 3000, noise: length)),
        ["an MP4"] = static length => new Mp4Builder { Samples = [.. Enumerable.Repeat(3_000, length / 3_000)] }.Build(),
        ["a text"] = static length => Encoding.UTF8.GetBytes(Repeat(length, static (i, random) => $"Zeile {i}: schöne Grüße {random}\n")[13..^4]),
    };

    private const string RelationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_ten_times_as_large_allocates_no_more(string name)
    {
        var (small, large) = (Files[name](Small), Files[name](Large));
        Assert.InRange(Allocated(large) - Allocated(small), long.MinValue, MostMore);
    }

    /// <summary>The least of several runs: the first ones fill the pools.</summary>
    private static long Allocated(byte[] bytes) => Enumerable.Range(0, 5).Min(_ =>
    {
        using var inspection = new Inspector(Judge.EveryType).Begin(filename: null);
        var file = new MemoryFile(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 0; at < bytes.Length; at += 64 * 1024)
            Assert.Null(inspection.Write(bytes.AsSpan(at, Math.Min(64 * 1024, bytes.Length - at))));
        var verdict = inspection.Complete(file, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsType<Verdict.Accept>(verdict);
        return allocated;
    });

    private static byte[] Sheet(int length, Func<int, int, string> cell) => OfficeBuilder.Excel.With("xl/worksheets/sheet1.xml", Repeat(length, cell)).Build();

    private static byte[] Letter(int length, Func<int, int, string> run) =>
        OfficeBuilder.Word.WithMain($"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{Repeat(length, run)}</w:document>").Build();

    /// <summary>So many characters of such pieces, which are unpacked; packed they are a fifth or less.</summary>
    private static string Repeat(int length, Func<int, int, string> piece)
    {
        var random = new Random(7);
        var text = new StringBuilder("<a xmlns='u'>");
        for (var i = 0; text.Length < length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{piece(i, random.Next())}");
        return text.Append("</a>").ToString();
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
