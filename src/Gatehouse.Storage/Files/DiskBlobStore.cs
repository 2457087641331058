using System.Runtime.CompilerServices;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>
/// Blobs as files of one folder, named by their id. A spooled file is flushed and renamed into its place, so its bytes are written once; files that come together share the flush of the folder. A deleted blob's
/// file is kept as a spare one for the spool, as far as there is room for it.
/// </summary>
public sealed class DiskBlobStore : IBlobStore, IDisposable
{
    private readonly string _folder;
    private readonly Spool _spool;
    private readonly FolderSync _names;
    private readonly FlushThreads _threads = new();

    // Names and handles change together under it: who opens a name that is about to become a spare one would read the next upload's bytes.
    private readonly Lock _gate = new();
    private readonly Dictionary<UploadId, SharedFile> _open = [];
    private long _bytes;

    /// <summary>Makes the folders and counts what they hold. This process must be the only one that opens blobs of this folder: a deleted one's file is written over.</summary>
    public DiskBlobStore(string folder, Spool spool)
    {
        _folder = folder;
        _spool = spool;
        PrivateFolder.Create(folder);
        _names = new FolderSync(folder);
        _bytes = Blobs().Sum(file => file.Length);
    }

    public long StoredBytes => Volatile.Read(ref _bytes) + _spool.Bytes;

    /// <inheritdoc/>
    /// <exception cref="SpoolFullException">No room; nothing was kept.</exception>
    public async ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes is ReceivedFile received) await _threads.RunAsync(() => Place(id, received));
        else await _threads.RunAsync(() => PlaceCopy(id, bytes));
    }

    public ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var file = Hold(id);
            return new(file is null ? null : new DiskFile(file, file.Length));
        }
    }

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var info = new FileInfo(PathOf(id));
            if (!info.Exists) return ValueTask.CompletedTask;
            var length = info.Length;
            if (_spool.Spares.TryReserve(length) is not { } place || !TryMakeSpare(id, place, length)) info.Delete();
            _open.Remove(id);
            Interlocked.Add(ref _bytes, -length);
        }
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Blobs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < writtenBefore.UtcDateTime && UploadId.TryParse(file.Name, out var id)) yield return id;
        }
        await Task.CompletedTask;
    }

    public void Dispose()
    {
        _threads.Dispose();
        _names.Dispose();
    }

    private void PlaceCopy(UploadId id, FileBytes bytes)
    {
        using var copy = _spool.Begin();
        var piece = new byte[PooledSegments.SegmentLength];
        for (int read; (read = bytes.ReadAt(copy.Length, piece)) > 0;) copy.Append(piece.AsSpan(0, read));
        Place(id, copy);
    }

    private void Place(UploadId id, ReceivedFile file)
    {
        var place = PathOf(id);
        file.Flush();
        lock (_gate)
        {
            var before = new FileInfo(place);
            var replaced = before.Exists ? before.Length : 0;
            Register(id, file.MoveTo(place));
            Interlocked.Add(ref _bytes, file.Length - replaced);
        }
        _names.Flush();
    }

    /// <summary>Under the lock. False: it lies where it lay.</summary>
    private bool TryMakeSpare(UploadId id, string place, long length)
    {
        var file = Hold(id);
        try
        {
            File.Move(PathOf(id), place, overwrite: true);
            file!.Path = place;
            file.AtLast(_spool.Spares.Add);
            return true;
        }
        catch (IOException)
        {
            _spool.Spares.GiveUp(length);
            return false;
        }
        finally
        {
            file?.Release();
        }
    }

    /// <summary>Under the lock: the file as it is open already, else opened. Null when there is none.</summary>
    private SharedFile? Hold(UploadId id)
    {
        if (_open.TryGetValue(id, out var open) && open.TryHold()) return open;
        try
        {
            var path = PathOf(id);
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return Register(id, new SharedFile(path, handle, RandomAccess.GetLength(handle)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Under the lock.</summary>
    private SharedFile Register(UploadId id, SharedFile file)
    {
        _open[id] = file;
        file.AtLast(last => Close(id, last));
        return file;
    }

    private void Close(UploadId id, SharedFile file)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(id, out var open) && ReferenceEquals(open, file)) _open.Remove(id);
        }
        file.Handle.Dispose();
    }

    private string PathOf(UploadId id) => Path.Combine(_folder, id.ToString());

    private IEnumerable<FileInfo> Blobs() => new DirectoryInfo(_folder).EnumerateFiles();
}
