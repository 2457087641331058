using System.Buffers.Binary;
using System.Text;

namespace Gatehouse.Actors.Codec;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Anything else is one <see cref="InvalidDataException"/>: no count is believed before the bytes for it are there.</summary>
internal ref struct StateReader
{
    private readonly string _kind;
    private ReadOnlySpan<byte> _rest;

    public StateReader(string kind, ReadOnlySpan<byte> input)
    {
        _kind = kind;
        if (input.Length < StateWriter.ChecksumLength) throw Damaged("is cut short");
        _rest = input[..^StateWriter.ChecksumLength];
        if (Checksum.Of(_rest) != BinaryPrimitives.ReadUInt32LittleEndian(input[^StateWriter.ChecksumLength..])) throw Damaged("has a wrong checksum");
    }

    public byte Byte()
    {
        var value = Take(1)[0];
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            // The tenth byte has one bit left to give.
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Damaged("holds an overlong number");
    }

    public long Number()
    {
        var value = Unsigned();
        return value <= long.MaxValue ? (long)value : throw Damaged("holds a number out of range");
    }

    public int Small() => Number() is var value and <= int.MaxValue ? (int)value : throw Damaged("holds a number out of range");

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public UInt128 Wide() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    /// <summary>A count of things of which each takes <paramref name="least"/> bytes or more.</summary>
    public int Count(int most, int least)
    {
        var count = Number();
        if (count > most || count * least > _rest.Length) throw Damaged("claims more entries than it can hold");
        return (int)count;
    }

    public ReadOnlySpan<byte> Bytes(int most) => Take(Count(most, 1));

    public string Text(int most) => Encoding.UTF8.GetString(Bytes(most));

    public readonly void End()
    {
        if (!_rest.IsEmpty) throw Damaged("goes on after its end");
    }

    public readonly InvalidDataException Damaged(string what) => new($"The stored state of this {_kind} {what}; it was damaged or is not a {_kind}'s state.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length) throw Damaged("is cut short");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
