using System.Collections.Concurrent;

namespace Gatehouse.Storage;

/// <summary>
/// Files whose uploads are done with, written over by the next ones: their blocks and their pages in memory are there already, and nothing is deleted. They are held by nobody, and gone with the process.
/// </summary>
/// <param name="folder">Of the same volume as spool and blobs.</param>
/// <param name="maxBytes">All of them together.</param>
internal sealed class SpareFiles(string folder, long maxBytes)
{
    /// <summary>Bounds the handles that are open for nobody; uploads in flight are rarely more.</summary>
    private const int MaxFiles = 64;

    private readonly ConcurrentStack<SharedFile> _files = new();
    private long _bytes;
    private int _count;

    /// <summary>Reserves the place for a file of this length, which <see cref="Add"/> or <see cref="GiveUp"/> has to follow. Null: enough of them; the file is to be deleted.</summary>
    public string? TryReserve(long length)
    {
        var (bytes, count) = (Interlocked.Add(ref _bytes, length), Interlocked.Increment(ref _count));
        if (bytes <= maxBytes && count <= MaxFiles) return Path.Combine(folder, Spool.NewName());
        GiveUp(length);
        return null;
    }

    /// <summary>It lies at its reserved place, and nobody holds it.</summary>
    public void Add(SharedFile file) => _files.Push(new SharedFile(file.Path, file.Handle, file.Length));

    public void GiveUp(long length)
    {
        Interlocked.Add(ref _bytes, -length);
        Interlocked.Decrement(ref _count);
    }

    /// <summary>The one used last, whose pages are the likeliest to be in memory; held by the caller now.</summary>
    public SharedFile? TryTake()
    {
        if (!_files.TryPop(out var file)) return null;
        GiveUp(file.Length);
        return file;
    }
}
