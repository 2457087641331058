using System.Buffers.Binary;
using System.Text;

namespace Gatehouse.Actors.Codec;

/// <summary>Writes a state's numbers compactly into a span that is known to be large enough: unsigned LEB128 varints, zigzag for signed ones.</summary>
internal ref struct StateWriter(Span<byte> output)
{
    /// <summary>A 64-bit varint is at most ten bytes.</summary>
    public const int MaxNumber = 10;

    public const int ChecksumLength = 4;

    private readonly Span<byte> _output = output;

    public int Written { get; private set; }

    public void Byte(byte value) => _output[Written++] = value;

    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            _output[Written++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _output[Written++] = (byte)value;
    }

    public void Number(long value) => Number(checked((ulong)value));

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Wide(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_output[Written..], value);
        Written += 16;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        value.CopyTo(_output[Written..]);
        Written += value.Length;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        Written += Encoding.UTF8.GetBytes(value, _output[Written..]);
    }

    /// <summary>Ends the state with a checksum of all that was written, so that a damaged one is told from a good one.</summary>
    public int Seal()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_output[Written..], Checksum.Of(_output[..Written]));
        return Written + ChecksumLength;
    }
}
