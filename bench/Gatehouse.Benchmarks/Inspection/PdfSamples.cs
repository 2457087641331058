using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>Documents as office programs write them: pages, fonts with their widths and content streams, with a table or with object and cross-reference streams.</summary>
internal static class PdfSamples
{
    public static IEnumerable<InspectionSample> All()
    {
        yield return new("pdf table 10 KB", Table(pages: 4, content: 1_200));
        yield return new("pdf streams 10 KB", Streams(pages: 12, content: 600));
        yield return new("pdf objects 20 KB", Table(pages: 60, content: 40));
        yield return new("pdf 5 MB", Table(pages: 10, content: 500_000));
    }

    private static List<string> Objects(int pages)
    {
        var kids = string.Join(' ', Enumerable.Range(0, pages).Select(i => string.Create(CultureInfo.InvariantCulture, $"{6 + i} 0 R")));
        var widths = string.Join(' ', Enumerable.Range(32, 224).Select(i => 250 + (i * 37 % 600)));
        var objects = new List<string>
        {
            "<</Type/Catalog/Pages 2 0 R/Lang(de-DE)/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Type/Pages/Count {pages}/Kids[{kids}]>>"),
            "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEE+Calibri/Encoding/WinAnsiEncoding/FontDescriptor 4 0 R/FirstChar 32/LastChar 255/Widths[" + widths + "]>>",
            "<</Type/FontDescriptor/FontName/ABCDEE+Calibri/Flags 32/ItalicAngle 0/Ascent 750/Descent -250/CapHeight 750/AvgWidth 521/MaxWidth 1743/FontWeight 400/XHeight 250/StemV 52/FontBBox[-503 -250 1240 750]>>",
            "<</Title(An invoice)/Author(Somebody at Work)/Creator(Writer)/Producer(Office 1.0)/CreationDate(D:20240501120000+02'00')/ModDate(D:20240501120000+02'00')>>",
        };
        for (var i = 0; i < pages; i++)
        {
            objects.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>/ProcSet[/PDF/Text/ImageB/ImageC/ImageI]>>/MediaBox[0 0 595.32 841.92]/Contents {6 + pages + i} 0 R/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>/Tabs/S/StructParents {i}>>"));
        }

        return objects;
    }

    private static byte[] Table(int pages, int content)
    {
        var file = new List<byte>("%PDF-1.5\n%\u00B5\u00B5\u00B5\u00B5\n"u8.ToArray());
        var offsets = new List<int>();
        foreach (var text in Objects(pages))
            Object(file, offsets, text);
        for (var i = 0; i < pages; i++)
            Stream(file, offsets, "/Filter/FlateDecode", Noise(content, i));
        var start = file.Count;
        Add(file, string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f\r\n"));
        foreach (var offset in offsets)
            Add(file, string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n\r\n"));
        Add(file, string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        return [.. file];
    }

    private static byte[] Streams(int pages, int content)
    {
        var file = new List<byte>("%PDF-1.7\n"u8.ToArray());
        var objects = Objects(pages);
        var offsets = new List<int>();
        offsets.AddRange(Enumerable.Repeat(0, objects.Count));
        for (var i = 0; i < pages; i++)
            Stream(file, offsets, "/Filter/FlateDecode", Noise(content, i));
        var index = new StringBuilder();
        var body = new StringBuilder();
        for (var i = 0; i < objects.Count; i++)
        {
            index.Append(CultureInfo.InvariantCulture, $"{i + 1} {body.Length} ");
            body.Append(objects[i]).Append('\n');
        }

        var container = offsets.Count + 1;
        Stream(file, offsets, string.Create(CultureInfo.InvariantCulture, $"/Type/ObjStm/N {objects.Count}/First {index.Length}/Filter/FlateDecode"), Packed(Encoding.ASCII.GetBytes(index.ToString() + body)));
        var entries = new List<byte> { 0, 0, 0, 0 };
        for (var i = 0; i < offsets.Count; i++)
            entries.AddRange(i < objects.Count ? [2, (byte)(container >> 8), (byte)container, (byte)i] : [1, (byte)(offsets[i] >> 8), (byte)offsets[i], 0]);
        var start = file.Count;
        entries.AddRange([1, (byte)(start >> 8), (byte)start, 0]);
        Stream(file, offsets, string.Create(CultureInfo.InvariantCulture, $"/Type/XRef/W[1 2 1]/Size {offsets.Count + 2}/Root 1 0 R/Info 5 0 R/Filter/FlateDecode"), Packed([.. entries]));
        Add(file, string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n"));
        return [.. file];
    }

    private static void Object(List<byte> file, List<int> offsets, string text)
    {
        offsets.Add(file.Count);
        Add(file, string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{text}\nendobj\n"));
    }

    private static void Stream(List<byte> file, List<int> offsets, string entries, byte[] data)
    {
        offsets.Add(file.Count);
        Add(file, string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n<<{entries}/Length {data.Length}>>\nstream\n"));
        file.AddRange(data);
        Add(file, "\nendstream\nendobj\n");
    }

    private static void Add(List<byte> file, string text) => file.AddRange(Encoding.Latin1.GetBytes(text));

    private static byte[] Noise(int length, int seed)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return Packed(noise);
    }

    private static byte[] Packed(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(data);
        return packed.ToArray();
    }
}
