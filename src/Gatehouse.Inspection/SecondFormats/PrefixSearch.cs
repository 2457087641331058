using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// Finds in one pass where any of several signatures may begin, by their first three bytes: each byte's two halves are looked up in tables of sixteen, whose bits
/// are the signatures (the Teddy algorithm of Hyperscan; Wang et al., NSDI 2019, 4.2). A place may be a wrong one; none is missed.
/// </summary>
internal sealed class PrefixSearch
{
    private const int Prefix = 3;
    private const int Bits = 8;

    private readonly HalfTables _first;
    private readonly HalfTables _second;
    private readonly HalfTables _third;

    /// <param name="signatures">Of two bytes or more. Those behind the eighth share a bit with one before.</param>
    public PrefixSearch(params ReadOnlySpan<byte[]> signatures)
    {
        for (var i = 0; i < signatures.Length; i++)
        {
            var (signature, bit) = (signatures[i], (byte)(1 << (i % Bits)));
            _first.Add(signature[0], bit);
            _second.Add(signature[1], bit);
            _third.Add(signature.Length < Prefix ? null : signature[2], bit);
        }
    }

    /// <summary>The first place at <paramref name="from"/> or behind it; -1: there is none. What begins with the last two bytes is not looked at.</summary>
    public int Next(ReadOnlySpan<byte> bytes, int from)
    {
        var at = from;
        var end = bytes.Length - Prefix + 1;
        if (Avx2.IsSupported && NextWide(bytes, ref at, end) is var wide and not 0)
            return at + BitOperations.TrailingZeroCount(wide);
        if (Vector128.IsHardwareAccelerated && NextNarrow(bytes, ref at, end) is var narrow and not 0)
            return at + BitOperations.TrailingZeroCount(narrow);
        for (; at < end; at++)
        {
            if ((_first.Of(bytes[at]) & _second.Of(bytes[at + 1]) & _third.Of(bytes[at + 2])) != 0)
                return at;
        }

        return -1;
    }

    /// <summary>32 places a step. Returns a bit for each place of the step at <paramref name="at"/>, or 0 where less than a step is left.</summary>
    private uint NextWide(ReadOnlySpan<byte> bytes, ref int at, int end)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var (first, second, third) = (_first.Wide(), _second.Wide(), _third.Wide());
        var half = Vector256.Create((byte)0x0F);
        for (; at + Vector256<byte>.Count <= end; at += Vector256<byte>.Count)
        {
            var a = Vector256.LoadUnsafe(ref start, (nuint)at);
            var b = Vector256.LoadUnsafe(ref start, (nuint)at + 1);
            var c = Vector256.LoadUnsafe(ref start, (nuint)at + 2);
            var low = Avx2.Shuffle(first.Low, a & half) & Avx2.Shuffle(second.Low, b & half) & Avx2.Shuffle(third.Low, c & half);
            var high = Avx2.Shuffle(first.High, (a.AsUInt16() >> 4).AsByte() & half) & Avx2.Shuffle(second.High, (b.AsUInt16() >> 4).AsByte() & half)
                & Avx2.Shuffle(third.High, (c.AsUInt16() >> 4).AsByte() & half);
            var none = Vector256.Equals(low & high, Vector256<byte>.Zero).ExtractMostSignificantBits();
            if (none != uint.MaxValue)
                return ~none;
        }

        return 0;
    }

    /// <summary>The same with 16 places a step and what every vector machine has.</summary>
    private uint NextNarrow(ReadOnlySpan<byte> bytes, ref int at, int end)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        for (; at + Vector128<byte>.Count <= end; at += Vector128<byte>.Count)
        {
            var found = _first.Of(Vector128.LoadUnsafe(ref start, (nuint)at)) & _second.Of(Vector128.LoadUnsafe(ref start, (nuint)at + 1))
                & _third.Of(Vector128.LoadUnsafe(ref start, (nuint)at + 2));
            var none = Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits();
            if (none != ushort.MaxValue)
                return ~none & ushort.MaxValue;
        }

        return 0;
    }

    /// <summary>Which signatures have a byte at one place, by its lower and its upper half.</summary>
    private struct HalfTables
    {
        private Vector128<byte> _low;
        private Vector128<byte> _high;

        /// <param name="value">null: any.</param>
        public void Add(byte? value, byte bit)
        {
            for (var half = 0; half < 16; half++)
            {
                if (value is null || (value & 0x0F) == half)
                    _low = _low.WithElement(half, (byte)(_low[half] | bit));
                if (value is null || value >> 4 == half)
                    _high = _high.WithElement(half, (byte)(_high[half] | bit));
            }
        }

        /// <summary>Each table twice: a shuffle of 32 bytes looks up within each sixteen.</summary>
        public readonly (Vector256<byte> Low, Vector256<byte> High) Wide() => (Vector256.Create(_low, _low), Vector256.Create(_high, _high));

        public readonly Vector128<byte> Of(Vector128<byte> bytes) =>
            Vector128.Shuffle(_low, bytes & Vector128.Create((byte)0x0F)) & Vector128.Shuffle(_high, bytes >> 4);

        public readonly int Of(byte value) => _low[value & 0x0F] & _high[value >> 4];
    }
}
