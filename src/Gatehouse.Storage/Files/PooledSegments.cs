using System.Buffers;

namespace Gatehouse.Storage;

/// <summary>Bytes in a row of equal segments from the shared pool. Appended to by one thread; then read by several.</summary>
internal sealed class PooledSegments : IDisposable
{
    /// <summary>Below the large-object threshold of 85,000 bytes, and a size that the shared pool keeps per core.</summary>
    public const int SegmentLength = 64 * 1024;

    private readonly List<byte[]> _segments = [];

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var used = Length % SegmentLength;
            if (Length / SegmentLength == _segments.Count) _segments.Add(ArrayPool<byte>.Shared.Rent(SegmentLength));
            var room = Math.Min(SegmentLength - used, bytes.Length);
            bytes[..room].CopyTo(_segments[Length / SegmentLength].AsSpan(used));
            Length += room;
            bytes = bytes[room..];
        }
    }

    public int ReadAt(long offset, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var read = 0;
        while (read < into.Length && offset < Length)
        {
            var from = Piece((int)(offset / SegmentLength)).Span[(int)(offset % SegmentLength)..];
            var count = Math.Min(from.Length, into.Length - read);
            from[..count].CopyTo(into[read..]);
            read += count;
            offset += count;
        }
        return read;
    }

    /// <summary>The filled part of each segment, for a gathering write.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces()
    {
        var pieces = new ReadOnlyMemory<byte>[(Length + SegmentLength - 1) / SegmentLength];
        for (var i = 0; i < pieces.Length; i++) pieces[i] = Piece(i);
        return pieces;
    }

    public ReadOnlySequence<byte> AsSequence()
    {
        if (Length <= SegmentLength) return Length == 0 ? default : new ReadOnlySequence<byte>(_segments[0], 0, Length);
        var first = new Link(Piece(0), 0);
        var last = first;
        for (var i = 1; i * SegmentLength < Length; i++) last = last.Then(Piece(i));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Starts over; the segments stay rented.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        Length = 0;
        foreach (var segment in _segments) ArrayPool<byte>.Shared.Return(segment);
        _segments.Clear();
    }

    private ReadOnlyMemory<byte> Piece(int index) => _segments[index].AsMemory(0, Math.Min(SegmentLength, Length - (index * SegmentLength)));

    private sealed class Link : ReadOnlySequenceSegment<byte>
    {
        public Link(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Link Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Link(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
