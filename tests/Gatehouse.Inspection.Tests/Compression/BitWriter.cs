namespace Gatehouse.Inspection.Tests.Compression;

/// <summary>Bits as deflate packs them (RFC 1951, 3.1.1).</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _bit;

    /// <summary>Numbers: least significant bit first.</summary>
    public void Write(int value, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            if (_bit == 0)
                _bytes.Add(0);
            _bytes[^1] |= (byte)(((value >> i) & 1) << _bit);
            _bit = (_bit + 1) & 7;
        }
    }

    /// <summary>Huffman codes: most significant bit first.</summary>
    public void WriteCode(int code, int bits)
    {
        for (var i = bits - 1; i >= 0; i--)
            Write((code >> i) & 1, 1);
    }

    public byte[] ToArray() => [.. _bytes];
}
