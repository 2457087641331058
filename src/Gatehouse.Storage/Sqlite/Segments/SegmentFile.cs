using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>A small file in its segment, which stays readable while this is held, whatever becomes of its row.</summary>
internal sealed class SegmentFile(Segment held, SegmentPlace place) : FileBytes
{
    private int _disposed;

    public override long Length => place.Length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var count = (int)Math.Min(into.Length, Math.Max(0, place.Length - offset));
        return count == 0 ? 0 : RandomAccess.Read(held.Handle, into[..count], place.Offset + offset);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0) held.Release();
    }
}
