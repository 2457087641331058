using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>A small file read from a store, in pooled segments.</summary>
internal sealed class PooledFile : FileBytes
{
    private readonly PooledSegments _segments = new();

    public PooledFile(ReadOnlySpan<byte> bytes) => _segments.Append(bytes);

    public override long Length => _segments.Length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = _segments.AsSequence();
        return true;
    }

    public override int ReadAt(long offset, Span<byte> into) => _segments.ReadAt(offset, into);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _segments.Dispose();
    }
}
