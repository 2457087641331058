using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>A blob that is being read. It stays readable while this is held, whatever becomes of its name.</summary>
internal sealed class DiskFile(SharedFile file, long length) : FileBytes
{
    private bool _released;

    public override long Length => length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = default;
        return false;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _released), this);
        return RandomAccess.Read(file.Handle, into[..(int)Math.Clamp(length - offset, 0, into.Length)], offset);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !Interlocked.Exchange(ref _released, true)) file.Release();
    }
}
