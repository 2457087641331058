using System.Buffers;

namespace Gatehouse.Testing;

/// <summary>Bytes in memory that is not in one piece.</summary>
public static class Pieces
{
    /// <param name="sizes">Of the pieces, over and over.</param>
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, params ReadOnlySpan<int> sizes)
    {
        var first = new Piece(ReadOnlyMemory<byte>.Empty, 0);
        var last = first;
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var length = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            last = last.Append(bytes.Slice(at, length));
            at += length;
        }
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
