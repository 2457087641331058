using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>A small file read from a store, in pooled segments.</summary>
internal sealed class PooledFile : FileBytes
{
    private readonly PooledSegments segments = new();

    public PooledFile(ReadOnlySpan<byte> bytes) => segments.Append(bytes);

    public override long Length => segments.Length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = segments.AsSequence();
        return true;
    }

    public override int ReadAt(long offset, Span<byte> into) => segments.ReadAt(offset, into);

    protected override void Dispose(bool disposing)
    {
        if (disposing) segments.Dispose();
    }
}
