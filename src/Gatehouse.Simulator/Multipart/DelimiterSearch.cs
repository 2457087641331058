using System.Buffers;

namespace Gatehouse.Simulator;

/// <summary>Where a delimiter first begins in bytes that came in pieces: a vectorised search in each piece, and one over the few bytes around each seam.</summary>
internal static class DelimiterSearch
{
    // CR LF -- and a boundary of 70.
    private const int MostBytes = 74;

    /// <returns>The offset, or -1.</returns>
    public static long Find(in ReadOnlySequence<byte> bytes, ReadOnlySpan<byte> delimiter)
    {
        if (bytes.IsSingleSegment)
            return bytes.FirstSpan.IndexOf(delimiter);

        Span<byte> seam = stackalloc byte[2 * MostBytes];
        long offset = 0;
        foreach (var piece in bytes)
        {
            if (offset > 0 && FindAround(bytes, offset, delimiter, seam) is >= 0 and var across)
                return across;
            var within = piece.Span.IndexOf(delimiter);
            if (within >= 0)
                return offset + within;
            offset += piece.Length;
        }

        return -1;
    }

    private static long FindAround(in ReadOnlySequence<byte> bytes, long seamAt, ReadOnlySpan<byte> delimiter, Span<byte> scratch)
    {
        var reach = delimiter.Length - 1;
        var from = Math.Max(0, seamAt - reach);
        var to = Math.Min(bytes.Length, seamAt + reach);
        var around = scratch[..(int)(to - from)];
        bytes.Slice(from, to - from).CopyTo(around);
        var found = around.IndexOf(delimiter);
        return found < 0 ? -1 : from + found;
    }
}
