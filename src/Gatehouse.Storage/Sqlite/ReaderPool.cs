using System.Collections.Concurrent;

namespace Gatehouse.Storage.Sqlite;

/// <summary>Reading connections. A read runs on its caller's thread, so as many are open as threads read at once; a few are kept.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    /// <summary>A reader's page cache holds up to 2 MB.</summary>
    private const int Kept = 4;

    private readonly ConcurrentStack<Reader> _idle = new();
    private volatile bool _closed;

    public T Read<TArgument, T>(TArgument argument, Func<Reader, TArgument, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_idle.TryPop(out var reader)) reader = new Reader(path);
        var sound = false;
        try
        {
            var result = read(reader, argument);
            sound = true;
            return result;
        }
        finally
        {
            // A reader that failed half-way through a row may hold a snapshot; it goes.
            if (sound && !_closed && _idle.Count < Kept) _idle.Push(reader);
            else reader.Dispose();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryPop(out var reader)) reader.Dispose();
    }
}
