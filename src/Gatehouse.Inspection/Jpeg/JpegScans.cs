namespace Gatehouse.Inspection.Jpeg;

/// <summary>
/// Whether a scan can be decoded (T.81, B.2.3): of the frame's components, with tables that were defined, and in progressive pictures with bands and bits
/// that are (others have none to choose, and readers pass over what stands there). So what is let in is what readers show, and no scan stands in the
/// file only to carry something.
/// </summary>
internal sealed class JpegScans
{
    /// <summary>More scans only serve to keep a reader busy: a progressive picture has some ten.</summary>
    private const int MaxScans = 1000;

    /// <summary>Of one interleaved unit (B.2.3).</summary>
    private const int MaxBlocks = 10;

    private readonly Dictionary<byte, Component> _components = [];
    private bool _isProgressive;
    private int _quantization;
    private int _huffman;

    public int Count { get; private set; }

    public bool IsHuffman { get; private set; }

    /// <summary>The frame's components; false: one is given twice, or out of its ranges (B.2.2).</summary>
    public bool Frame(byte code, ReadOnlySpan<byte> payload)
    {
        _isProgressive = code is JpegMarker.Progressive or JpegMarker.ArithmeticProgressive;
        IsHuffman = code is not (JpegMarker.Arithmetic or JpegMarker.ArithmeticProgressive);
        for (var at = 6; at < payload.Length; at += 3)
        {
            var (h, v) = (payload[at + 1] >> 4, payload[at + 1] & 15);
            if (h is < 1 or > 4 || v is < 1 or > 4 || payload[at + 2] > 3 || !_components.TryAdd(payload[at], new Component(h * v, payload[at + 2], IsCoded: false)))
                return false;
        }

        return true;
    }

    /// <summary>Tables whose sizes are right; four quantization tables, four Huffman tables of each class.</summary>
    public void Quantization(ReadOnlySpan<byte> payload)
    {
        for (; !payload.IsEmpty; payload = payload[JpegTables.QuantizationLength(payload)..])
            _quantization |= 1 << (payload[0] & 3);
    }

    public void Huffman(ReadOnlySpan<byte> payload)
    {
        for (; !payload.IsEmpty; payload = payload[JpegTables.HuffmanLength(payload)..])
            _huffman |= HuffmanBit(payload[0] >> 4, payload[0] & 3);
    }

    /// <summary>What is wrong with a scan's header; null: nothing.</summary>
    public string? Judge(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 6 || payload[0] is < 1 or > 4 || payload.Length != 4 + (2 * payload[0]) || ++Count > MaxScans)
            return "a scan is wrong";
        var (first, last, high, low) = (payload[^3], payload[^2], payload[^1] >> 4, payload[^1] & 15);
        if (_isProgressive && !IsBand(payload[0], first, last, high, low))
            return "a scan is wrong";
        var blocks = 0;
        for (var i = 0; i < payload[0]; i++)
        {
            var (id, tables) = (payload[1 + (2 * i)], payload[2 + (2 * i)]);
            if (!_components.TryGetValue(id, out var component))
                return "a scan is of a component that it does not have";
            for (var other = 0; other < i; other++)
            {
                if (payload[1 + (2 * other)] == id)
                    return "a scan is wrong";
            }

            blocks += component.Blocks;
            // Sequential pictures code each component once (B.2.3).
            if ((component.IsCoded && !_isProgressive) || !HasTables(component, tables, first, high))
                return "a scan is wrong";
            _components[id] = component with { IsCoded = true };
        }

        return payload[0] > 1 && blocks > MaxBlocks ? "a scan is wrong" : null;
    }

    /// <summary>G.1.1.1: the first coefficient by itself, the others of one component at a time; refined by one bit.</summary>
    private static bool IsBand(byte components, byte first, byte last, int high, int low) =>
        (first == 0 ? last == 0 : components == 1 && last >= first && last < 64) && low <= 13 && (high == 0 || low == high - 1);

    /// <summary>Sequential pictures of cameras that film leave the usual Huffman tables out; readers know those, at the destinations 0 and 1 (K.3).</summary>
    private bool HasTables(Component component, byte tables, byte first, int high)
    {
        var (dc, ac) = (tables >> 4, tables & 15);
        if (dc > 3 || ac > 3 || (_quantization & (1 << component.Quantization)) == 0)
            return false;
        if (!IsHuffman)
            return true;
        if (!_isProgressive)
            return (dc < 2 || (_huffman & HuffmanBit(0, dc)) != 0) && (ac < 2 || (_huffman & HuffmanBit(1, ac)) != 0);
        return first > 0 ? (_huffman & HuffmanBit(1, ac)) != 0 : high > 0 || (_huffman & HuffmanBit(0, dc)) != 0;
    }

    private static int HuffmanBit(int kind, int destination) => 1 << ((kind * 4) + destination);

    private readonly record struct Component(int Blocks, byte Quantization, bool IsCoded);
}
