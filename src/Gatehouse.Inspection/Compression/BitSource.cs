using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gatehouse.Inspection.Compression;

/// <summary>
/// Bits, least significant first (RFC 1951, 3.1.1), out of input that comes in pieces. Up to eight bytes of a piece stay with it when the piece is used
/// up, so that what is read at once, at most 48 bits, never has to wait half read.
/// </summary>
internal ref struct BitSource(ReadOnlySpan<byte> input, ulong bits, int count)
{
    private readonly ReadOnlySpan<byte> _input = input;

    public ulong Bits = bits;
    public int Count = count;

    /// <summary>How much of the piece was taken.</summary>
    public int Position;

    /// <summary>What of the piece was not taken yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _input[Position..];

    /// <summary>Enough is at hand for <see cref="RefillFast"/> twice.</summary>
    public readonly bool HasSixteen => _input.Length - Position >= 16;

    /// <summary>To at least 56 bits. The bits above <see cref="Count"/> are the next byte's own, so reading them again changes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RefillFast()
    {
        Bits |= BinaryPrimitives.ReadUInt64LittleEndian(_input[Position..]) << Count;
        Position += (63 - Count) >> 3;
        Count |= 56;
    }

    /// <summary>As many as there are.</summary>
    public void Refill()
    {
        if (Count < 64)
            Bits &= (1UL << Count) - 1;
        while (Count <= 56 && Position < _input.Length)
        {
            Bits |= (ulong)_input[Position++] << Count;
            Count += 8;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int bits)
    {
        Bits >>= bits;
        Count -= bits;
    }

    /// <summary>Drops a code if all of its bits are there.</summary>
    public bool TryDrop(uint entry)
    {
        var length = (int)(entry & HuffmanTable.LengthMask);
        if (length > Count)
            return false;
        Drop(length);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Take(int bits)
    {
        var value = (uint)(Bits & ((1UL << bits) - 1));
        Drop(bits);
        return value;
    }

    /// <summary>To the next byte's first bit; whole bytes that came from this piece go back to it.</summary>
    public void Align()
    {
        Drop(Count & 7);
        var returned = Math.Min(Count >> 3, Position);
        Position -= returned;
        Count -= returned * 8;
        Bits &= Count == 0 ? 0 : ulong.MaxValue >> (64 - Count);
    }
}
