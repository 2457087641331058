using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Gateway.Scanning;

/// <summary>A file of nothing but a size.</summary>
internal sealed class ProbeFile(long length) : FileBytes
{
    public override long Length => length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(length - offset, 0, into.Length);
        into[..count].Clear();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
    }
}
