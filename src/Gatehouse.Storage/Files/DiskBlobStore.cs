using System.Runtime.CompilerServices;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>
/// Blobs as files of one folder, named by their id. A spooled file is flushed and renamed into its place, so its bytes are written once; files that come together share the flush of the folder.
/// </summary>
public sealed class DiskBlobStore : IBlobStore, IDisposable
{
    private readonly string _folder;
    private readonly Spool _spool;
    private readonly FolderSync _names;
    private readonly FlushThreads _threads = new();
    private long _bytes;

    /// <summary>Makes the folders and counts what they hold.</summary>
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
        try
        {
            return new ValueTask<FileBytes?>(new DiskFile(PathOf(id)));
        }
        catch (FileNotFoundException)
        {
            return new ValueTask<FileBytes?>((FileBytes?)null);
        }
    }

    public ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(id));
        if (file.Exists)
        {
            var length = file.Length;
            file.Delete();
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
        var before = new FileInfo(place);
        var replaced = before.Exists ? before.Length : 0;
        file.MoveTo(place);
        Interlocked.Add(ref _bytes, file.Length - replaced);
        _names.Flush();
    }

    private string PathOf(UploadId id) => Path.Combine(_folder, id.ToString());

    private IEnumerable<FileInfo> Blobs() => new DirectoryInfo(_folder).EnumerateFiles();
}
