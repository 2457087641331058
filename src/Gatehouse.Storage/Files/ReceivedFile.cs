using System.Buffers;
using Gatehouse.Actors;
using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage;

/// <summary>
/// A file as it comes in: in pooled memory up to <see cref="Spool.MemoryLimit"/>, then in a spool file. Appended to by one thread; after that, reads are safe from several. Disposing
/// gives the memory back and deletes the spool file, unless a blob store took it over.
/// </summary>
public sealed class ReceivedFile : FileBytes
{
    private readonly Spool spool;
    private readonly PooledSegments buffer = new();
    private SafeFileHandle? handle;
    private string? path;
    private long onDisk;
    private bool adopted;
    private int disposed;

    internal ReceivedFile(Spool spool) => this.spool = spool;

    public override long Length => onDisk + buffer.Length;

    /// <summary>Its bytes lie in a file, or did when it was adopted.</summary>
    public bool Spooled => handle is not null;

    /// <exception cref="SpoolFullException">No room; dispose the file.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        while (!bytes.IsEmpty)
        {
            if (buffer.Length == Spool.MemoryLimit) WriteOut();
            var room = Math.Min(bytes.Length, Spool.MemoryLimit - buffer.Length);
            buffer.Append(bytes[..room]);
            bytes = bytes[room..];
        }
    }

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        memory = handle is null ? buffer.AsSequence() : default;
        return handle is null;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        if (offset >= onDisk) return buffer.ReadAt(offset - onDisk, into);
        var count = (int)Math.Min(into.Length, onDisk - offset);
        var read = RandomAccess.Read(handle!, into[..count], offset);
        return read < count ? read : read + buffer.ReadAt(0, into[count..]);
    }

    /// <summary>Nothing more will be appended: what is spooled goes to disk whole and its memory back to the pool. A file in memory stays there.</summary>
    /// <exception cref="SpoolFullException">No room; dispose the file.</exception>
    public void Seal()
    {
        if (handle is null) return;
        if (buffer.Length > 0) WriteOut();
        buffer.Dispose();
    }

    /// <summary>Makes it durable and moves it to its place. From here on the file is its new owner's; this still reads it by its open handle.</summary>
    internal void MoveTo(string place)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        if (handle is null) WriteOut();
        Seal();
        RandomAccess.FlushToDisk(handle!);
        File.Move(path!, place, overwrite: true);
        adopted = true;
        spool.Release(onDisk);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref disposed, 1) != 0) return;
        buffer.Dispose();
        if (handle is null) return;
        handle.Dispose();
        if (adopted) return;
        spool.Release(onDisk);
        try
        {
            File.Delete(path!);
        }
        catch (IOException)
        {
            // The next start sweeps it; whoever disposes has nothing better to do about it.
        }
    }

    private void WriteOut()
    {
        handle ??= spool.Create(out path);
        spool.Write(handle, buffer.Pieces(), buffer.Length, onDisk);
        onDisk += buffer.Length;
        buffer.Clear();
    }
}
