using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage;

/// <summary>Where files that do not fit in memory rest while they are received. One for the process.</summary>
/// <param name="folder">Of the same volume as the blobs, so that a received file can be renamed into its place.</param>
/// <param name="spareFolder">Of the same volume too, for files that are to be written over; null: none are kept.</param>
/// <param name="maxBytes">Bytes that may lie in spool files at once.</param>
/// <param name="spareBytes">Bytes that may lie in spare files: 64 MB are a dozen files of 5 MB, about as many as a busy node has in flight.</param>
public sealed class Spool(string folder, string? spareFolder = null, long maxBytes = long.MaxValue, long spareBytes = 64 << 20)
{
    /// <summary>Up to here a file stays in memory: 64 uploads at once hold 16 MB.</summary>
    public const int MemoryLimit = 256 * 1024;

    private const string Suffix = ".part";
    private long _bytes;

    /// <summary>Bytes in spool files now, those of spare ones not counted.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    internal SpareFiles Spares { get; } = new(spareFolder ?? folder, spareFolder is null ? 0 : spareBytes);

    /// <summary>Begins a file. Whoever begins it disposes it.</summary>
    public ReceivedFile Begin() => new(this);

    /// <summary>Removes what a crash left, and the spare files. To be called at start, before the first <see cref="Begin"/>.</summary>
    /// <returns>How many files were removed.</returns>
    public int SweepLeftovers()
    {
        var removed = Empty(folder);
        if (spareFolder is not null) removed += Empty(spareFolder);
        return removed;
    }

    /// <summary>A spare file, or a new one; in the spool's folder, and held by the caller.</summary>
    internal SharedFile Create()
    {
        var path = Path.Combine(folder, NewName());
        if (Spares.TryTake() is { } spare && TryMove(spare, path)) return spare;
        try
        {
            return new SharedFile(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), length: 0);
        }
        catch (IOException e) when (SpoolFullException.Means(e))
        {
            throw Full(e);
        }
    }

    internal static string NewName() => Guid.NewGuid().ToString("n") + Suffix;

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

    /// <summary>A file system that puts off the choice of blocks finds only here that there are none.</summary>
    internal void Flush(SafeFileHandle handle)
    {
        try
        {
            DataSync.Flush(handle);
        }
        catch (IOException e) when (SpoolFullException.Means(e))
        {
            throw Full(e);
        }
    }

    internal void Release(long count) => Interlocked.Add(ref _bytes, -count);

    private static int Empty(string folder)
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

    /// <summary>False: somebody took it away; it is let go.</summary>
    private static bool TryMove(SharedFile spare, string path)
    {
        try
        {
            File.Move(spare.Path, path, overwrite: true);
            spare.Path = path;
            return true;
        }
        catch (IOException)
        {
            spare.Release();
            return false;
        }
    }

    private SpoolFullException Full(IOException? inner) => new($"There is no room for another file in '{folder}'.", inner);
}
