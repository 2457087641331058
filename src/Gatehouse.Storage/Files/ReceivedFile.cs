using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>
/// A file as it comes in: in pooled memory up to <see cref="Spool.MemoryLimit"/>, then in a spool file. Appended to by one thread; after that, reads are safe from several. Disposing
/// gives the memory back and deletes the spool file, unless a blob store took it over.
/// </summary>
public sealed class ReceivedFile : FileBytes
{
    private readonly Spool _spool;
    private readonly PooledSegments _buffer = new();
    private SharedFile? _file;
    private long _onDisk;
    private bool _adopted;
    private int _disposed;

    internal ReceivedFile(Spool spool) => _spool = spool;

    public override long Length => _onDisk + _buffer.Length;

    /// <summary>Its bytes lie in a file, or did when it was adopted.</summary>
    public bool Spooled => _file is not null;

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
        memory = _file is null ? _buffer.AsSequence() : default;
        return _file is null;
    }

    public override int ReadAt(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (offset >= _onDisk) return _buffer.ReadAt(offset - _onDisk, into);
        var count = (int)Math.Min(into.Length, _onDisk - offset);
        var read = RandomAccess.Read(_file!.Handle, into[..count], offset);
        return read < count ? read : read + _buffer.ReadAt(0, into[count..]);
    }

    /// <summary>Nothing more will be appended: what is spooled goes to disk whole and its memory back to the pool. A file in memory stays there.</summary>
    /// <exception cref="SpoolFullException">No room; dispose the file.</exception>
    public void Seal()
    {
        if (_file is null) return;
        if (_buffer.Length > 0) WriteOut();
        _buffer.Dispose();
    }

    /// <summary>Makes its bytes durable, in a file of their own length.</summary>
    /// <exception cref="SpoolFullException">No room; dispose the file.</exception>
    internal void Flush()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (_file is null) WriteOut();
        Seal();
        if (_file!.Length > _onDisk) RandomAccess.SetLength(_file.Handle, _onDisk);
        _file.Length = _onDisk;
        _spool.Flush(_file.Handle);
    }

    /// <summary>Moves it to its place, flushed. From here on the file is its new owner's; this still reads it, and holds it until it is disposed.</summary>
    internal SharedFile MoveTo(string place)
    {
        File.Move(_file!.Path, place, overwrite: true);
        _file.Path = place;
        _adopted = true;
        _spool.Release(_onDisk);
        return _file;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _buffer.Dispose();
        if (_file is null) return;
        _file.Release();
        if (_adopted) return;
        _spool.Release(_onDisk);
        try
        {
            File.Delete(_file.Path);
        }
        catch (IOException)
        {
            // The next start sweeps it; whoever disposes has nothing better to do about it.
        }
    }

    private void WriteOut()
    {
        _file ??= _spool.Create();
        _spool.Write(_file.Handle, _buffer.Pieces(), _buffer.Length, _onDisk);
        _onDisk += _buffer.Length;
        _file.Length = Math.Max(_file.Length, _onDisk);
        _buffer.Clear();
    }
}
