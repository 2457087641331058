using System.Globalization;
using System.Runtime.CompilerServices;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>Blobs as files, <c>xx/id</c> by the id's first two digits. A spooled file is flushed and renamed into its place, so its bytes are written once.</summary>
public sealed class DiskBlobStore : IBlobStore
{
    private readonly string _folder;
    private readonly Spool _spool;
    private long _bytes;

    /// <summary>Makes the folders and counts what they hold.</summary>
    public DiskBlobStore(string folder, Spool spool)
    {
        _folder = folder;
        _spool = spool;
        PrivateFolder.Create(_folder);
        // All at once: then no put has to make one, and flush its parent.
        for (var i = 0; i < 256; i++) PrivateFolder.Create(Path.Combine(_folder, i.ToString("x2", CultureInfo.InvariantCulture)));
        FolderSync.Flush(_folder);
        _bytes = Blobs().Sum(file => file.Length);
    }

    public long StoredBytes => Volatile.Read(ref _bytes) + _spool.Bytes;

    /// <inheritdoc/>
    /// <exception cref="SpoolFullException">No room; nothing was kept.</exception>
    public ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes is ReceivedFile received)
        {
            Place(id, received);
            return ValueTask.CompletedTask;
        }
        using var copy = _spool.Begin();
        var piece = new byte[PooledSegments.SegmentLength];
        for (int read; (read = bytes.ReadAt(copy.Length, piece)) > 0;) copy.Append(piece.AsSpan(0, read));
        Place(id, copy);
        return ValueTask.CompletedTask;
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

    private void Place(UploadId id, ReceivedFile file)
    {
        var place = PathOf(id);
        var before = new FileInfo(place);
        var replaced = before.Exists ? before.Length : 0;
        file.MoveTo(place);
        Interlocked.Add(ref _bytes, file.Length - replaced);
        FolderSync.Flush(Path.GetDirectoryName(place)!);
    }

    private string PathOf(UploadId id)
    {
        var name = id.ToString();
        return Path.Combine(_folder, name[..2], name);
    }

    private IEnumerable<FileInfo> Blobs() => new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories);
}
