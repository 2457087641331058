using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Quarantine;

/// <summary>
/// Refused files, each <c>{upload}.bin</c> with <c>{upload}.json</c> beside it: never under a name of a customer's, and readable to their owner only. When there is no room for a new one the oldest go. Safe from
/// several threads.
/// </summary>
public sealed class QuarantineFolder : IDisposable
{
    private const string Bytes = ".bin";
    private const string Side = ".json";
    private const int CopyBytes = 64 * 1024;

    private readonly OwnedFolder _owned;
    private readonly long _maxBytes;
    private readonly Lock _gate = new();
    private readonly LinkedList<Kept> _kept = new();
    private long _total;

    /// <summary>Counts what is there. A file whose other half is missing was being written when its process ended: it goes.</summary>
    /// <param name="owned">Disposed with this.</param>
    /// <param name="maxBytes">Of all files together.</param>
    public QuarantineFolder(OwnedFolder owned, long maxBytes)
    {
        (_owned, _maxBytes) = (owned, maxBytes);
        var files = new DirectoryInfo(owned.Path).EnumerateFiles().Where(file => UploadId.TryParse(Path.GetFileNameWithoutExtension(file.Name), out _) && file.Extension is Bytes or Side);
        foreach (var pair in files.GroupBy(file => Path.GetFileNameWithoutExtension(file.Name), StringComparer.Ordinal).OrderBy(pair => pair.Max(file => file.LastWriteTimeUtc)))
        {
            if (pair.Count() < 2)
                foreach (var half in pair) half.Delete();
            else Add(new Kept(pair.Key, pair.Sum(file => file.Length), pair.Max(file => file.LastWriteTimeUtc)));
        }
        MakeRoom(0);
    }

    /// <summary>Of all that is kept.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_gate) return _total;
        }
    }

    /// <summary>Keeps a copy.</summary>
    /// <param name="side">What is to be known of it, as JSON.</param>
    /// <returns>How many older ones went for it; -1: it alone is more than may be kept.</returns>
    /// <exception cref="IOException">It could not be written; nothing of it is there.</exception>
    public int Keep(UploadId id, FileBytes file, ReadOnlySpan<byte> side, DateTimeOffset at)
    {
        var kept = new Kept(id.ToString(), file.Length + side.Length, at.UtcDateTime);
        int gone;
        lock (_gate)
        {
            if (kept.Length > _maxBytes) return -1;
            gone = MakeRoom(kept.Length);
            Add(kept);
        }
        try
        {
            Copy(file, PathOf(kept.Name, Bytes));
            using var json = PrivateFile.Open(PathOf(kept.Name, Side), FileMode.CreateNew);
            json.Write(side);
        }
        catch
        {
            lock (_gate)
            {
                if (kept.IsGone) Delete(kept);
                else Drop(kept);
            }
            throw;
        }
        lock (_gate)
        {
            // Others may have needed its room before it was there.
            if (kept.IsGone) Delete(kept);
        }
        return gone;
    }

    /// <returns>How many.</returns>
    public int DeleteBefore(DateTimeOffset time)
    {
        lock (_gate)
        {
            var deleted = 0;
            for (; _kept.First is { Value: var oldest } && oldest.At < time.UtcDateTime; deleted++) Drop(oldest);
            return deleted;
        }
    }

    public void Dispose() => _owned.Dispose();

    private static void Copy(FileBytes file, string path)
    {
        using var to = PrivateFile.Open(path, FileMode.CreateNew);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            for (long offset = 0; file.ReadAt(offset, buffer) is > 0 and var count; offset += count) to.Write(buffer.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private int MakeRoom(long length)
    {
        var gone = 0;
        for (; _total + length > _maxBytes && _kept.First is { Value: var oldest }; gone++) Drop(oldest);
        return gone;
    }

    private void Add(Kept kept)
    {
        _kept.AddLast(kept);
        _total += kept.Length;
    }

    private void Drop(Kept kept)
    {
        // First: what cannot be deleted is still there, and counts.
        Delete(kept);
        kept.IsGone = true;
        _kept.Remove(kept);
        _total -= kept.Length;
    }

    private void Delete(Kept kept)
    {
        File.Delete(PathOf(kept.Name, Side));
        File.Delete(PathOf(kept.Name, Bytes));
    }

    private string PathOf(string name, string suffix) => Path.Combine(_owned.Path, name + suffix);

    private sealed class Kept(string name, long length, DateTime at)
    {
        public string Name => name;

        public long Length => length;

        public DateTime At => at;

        public bool IsGone { get; set; }
    }
}
