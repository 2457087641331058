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
    private readonly Spool _spool;
    private readonly PooledSegments _buffer = new();
    private SafeFileHandle? _handle;
    private string? _path;
    private long _onDisk;
    private bool _adopted;
    private int _disposed;

    internal ReceivedFile(Spool spool) => _spool = spool;

    public override long Length => _onDisk + _buffer.Length;

    /// <summary>Its bytes lie in a file, or did when it was adopted.</summary>
    public bool Spooled => _handle is not null;

    /// <exception cref="SpoolFullException">No room; dispose the file.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        while (!bytes.IsEmpty)
        {
            if (_buffer.Length == Spool.MemoryLimit) WriteOut();
            var room = Math.Min(bytes.Length, Spool.MemoryLimit - _buffer.Length);
            _buffer.Append(bytes[..room]);
            bytes = bytes[room..];
        }
    }

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        memory = _handle is null ? _buffer.AsSequence() : default;
        return _handle is null;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (offset >= _onDisk) return _buffer.ReadAt(offset - _onDisk, into);
        var count = (int)Math.Min(into.Length, _onDisk - offset);
        var read = RandomAccess.Read(_handle!, into[..count], offset);
        return read < count ? read : read + _buffer.ReadAt(0, into[count..]);
    }

    /// <summary>Nothing more will be appended: what is spooled goes to disk whole and its memory back to the pool. A file in memory stays there.</summary>
    /// <exception cref="SpoolFullException">No room; dispose the file.</exception>
    public void Seal()
    {
        if (_handle is null) return;
        if (_buffer.Length > 0) WriteOut();
        _buffer.Dispose();
    }

    /// <summary>Makes it durable and moves it to its place. From here on the file is its new owner's; this still reads it by its open handle.</summary>
    internal void MoveTo(string place)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (_handle is null) WriteOut();
        Seal();
        RandomAccess.FlushToDisk(_handle!);
        File.Move(_path!, place, overwrite: true);
        _adopted = true;
        _spool.Release(_onDisk);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _buffer.Dispose();
        if (_handle is null) return;
        _handle.Dispose();
        if (_adopted) return;
        _spool.Release(_onDisk);
        try
        {
            File.Delete(_path!);
        }
        catch (IOException)
        {
            // The next start sweeps it; whoever disposes has nothing better to do about it.
        }
    }

    private void WriteOut()
    {
        _handle ??= _spool.Create(out _path);
        _spool.Write(_handle, _buffer.Pieces(), _buffer.Length, _onDisk);
        _onDisk += _buffer.Length;
        _buffer.Clear();
    }
}
