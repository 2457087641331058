using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Writes small PDFs: objects as text or streams, then a table that leads to them.</summary>
internal sealed class PdfBuilder
{
    private readonly List<byte> _file = [];
    private readonly SortedDictionary<int, long> _offsets = [];

    public PdfBuilder()
    {
        Text("%PDF-1.7\n");
        Object(1, "<</Type/Catalog/Pages 2 0 R>>");
        Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
    }

    /// <summary>A page, and one more object.</summary>
    public static byte[] With(string value) => new PdfBuilder().Object(4, value).End();

    public PdfBuilder Object(int number, string value)
    {
        _offsets[number] = _file.Count;
        return Text($"{number.ToString(CultureInfo.InvariantCulture)} 0 obj\n{value}\nendobj\n");
    }

    public PdfBuilder Stream(int number, string entries, byte[] data)
    {
        _offsets[number] = _file.Count;
        Text(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<<{entries}/Length {data.Length}>>\nstream\n"));
        _file.AddRange(data);
        return Text("\nendstream\nendobj\n");
    }

    public PdfBuilder Text(string text)
    {
        _file.AddRange(Encoding.Latin1.GetBytes(text));
        return this;
    }

    public byte[] End(string trailer = "", long? startXref = null)
    {
        var start = _file.Count;
        Text("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, offset) in _offsets)
            Text(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n"));
        Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {_offsets.Keys.Max() + 1}/Root 1 0 R{trailer}>>\nstartxref\n{startXref ?? start}\n%%EOF\n"));
        return [.. _file];
    }

    public static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(data);
        return packed.ToArray();
    }
}
