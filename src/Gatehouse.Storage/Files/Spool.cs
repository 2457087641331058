using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage;

/// <summary>Where files that do not fit in memory rest while they are received. One for the process.</summary>
/// <param name="folder">Of the same volume as the blobs, so that a received file can be renamed into its place.</param>
/// <param name="maxBytes">Bytes that may lie in spool files at once.</param>
public sealed class Spool(string folder, long maxBytes = long.MaxValue)
{
    /// <summary>Up to here a file stays in memory: 64 uploads at once hold 16 MB.</summary>
    public const int MemoryLimit = 256 * 1024;

    private const string Suffix = ".part";
    private long _bytes;

    /// <summary>Bytes in spool files now.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    internal string Folder => folder;

    /// <summary>Begins a file. Whoever begins it disposes it.</summary>
    public ReceivedFile Begin() => new(this);

    /// <summary>Removes what a crash left. To be called at start, before the first <see cref="Begin"/>.</summary>
    /// <returns>How many files were removed.</returns>
    public int SweepLeftovers()
    {
        PrivateFolder.Create(folder);
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Suffix))
        {
            File.Delete(file);
            removed++;
        }
        return removed;
    }

    internal SafeFileHandle Create(out string path)
    {
        path = Path.Combine(folder, Guid.NewGuid().ToString("n") + Suffix);
        try
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException e) when (SpoolFullException.Means(e))
        {
            throw Full(e);
        }
    }

    internal void Write(SafeFileHandle handle, IReadOnlyList<ReadOnlyMemory<byte>> pieces, int length, long offset)
    {
        if (Interlocked.Add(ref _bytes, length) > maxBytes)
        {
            Release(length);
            throw Full(inner: null);
        }
        try
        {
            RandomAccess.Write(handle, pieces, offset);
        }
        catch (IOException e)
        {
            Release(length);
            if (SpoolFullException.Means(e)) throw Full(e);
            throw;
        }
    }

    internal void Release(long count) => Interlocked.Add(ref _bytes, -count);

    private SpoolFullException Full(IOException? inner) => new($"There is no room for another file in '{folder}'.", inner);
}
