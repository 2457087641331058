using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>Writes small PDFs: objects as text or streams, then a table that leads to them.</summary>
internal sealed class PdfBuilder
{
    private readonly List<byte> _file = [];
    private readonly SortedDictionary<int, long> _offsets = [];

    /// <summary>Catalog, pages, page: what every document has.</summary>
    public static IReadOnlyDictionary<int, string> Skeleton { get; } = new Dictionary<int, string>
    {
        [1] = "<</Type/Catalog/Pages 2 0 R>>",
        [2] = "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        [3] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    };

    public PdfBuilder()
        : this(Skeleton)
    {
    }

    public PdfBuilder(IReadOnlyDictionary<int, string> objects)
    {
        Text("%PDF-1.7\n");
        foreach (var (number, value) in objects)
            Object(number, value);
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

    /// <summary>Packs objects in a stream (ISO 32000-1, 7.5.7), and ends with a cross-reference stream (7.5.8) of entries of 1, 4 and 1 bytes.</summary>
    public byte[] EndPacked(int container, IReadOnlyDictionary<int, string> packed, string filter, Func<byte[], byte[]> pack)
    {
        var (index, body) = (new StringBuilder(), new StringBuilder());
        foreach (var (number, value) in packed)
        {
            index.Append(CultureInfo.InvariantCulture, $"{number} {body.Length} ");
            body.Append(value).Append('\n');
        }

        Stream(container, string.Create(CultureInfo.InvariantCulture, $"/Type/ObjStm/N {packed.Count}/First {index.Length}{filter}"), pack(Encoding.Latin1.GetBytes($"{index}{body}")));
        var start = _file.Count;
        var places = packed.Keys.ToList();
        var own = Math.Max(container, Math.Max(_offsets.Keys.Max(), places.Max())) + 1;
        _offsets[own] = start;
        var entries = new byte[(own + 1) * 6];
        for (var number = 1; number <= own; number++)
        {
            var entry = entries.AsSpan(number * 6, 6);
            if (!_offsets.TryGetValue(number, out var offset) && !packed.ContainsKey(number))
                continue;
            entry[0] = packed.ContainsKey(number) ? (byte)2 : (byte)1;
            BinaryPrimitives.WriteInt32BigEndian(entry[1..], packed.ContainsKey(number) ? container : (int)offset);
            entry[5] = packed.ContainsKey(number) ? (byte)places.IndexOf(number) : (byte)0;
        }

        Stream(own, string.Create(CultureInfo.InvariantCulture, $"/Type/XRef/W[1 4 1]/Size {own + 1}/Root 1 0 R"), entries);
        Text(string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n"));
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
