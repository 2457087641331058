using System.Buffers;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Storage.Tests.Moving;

/// <summary>A data folder with something of everything in it, as a process that ended left it.</summary>
internal sealed class MovedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.File("data");

    public string Database => System.IO.Path.Combine(Path, "gatehouse.db");

    public Dictionary<string, SaveOutcome> Actors { get; } = [];

    public List<UploadRow> Uploads { get; } = [];

    public Dictionary<UploadId, byte[]> Small { get; } = [];

    public Dictionary<UploadId, byte[]> Blobs { get; } = [];

    /// <summary>A version that was forgotten: none may come again.</summary>
    public long Forgotten { get; private set; }

    public static async Task<MovedFolder> MakeAsync()
    {
        var made = new MovedFolder();
        using var folder = DataFolder.Open(made.Path);
        using var store = SqliteStore.Open(folder.DatabasePath, TimeProvider.System);
        var spool = new Spool(folder.SpoolPath);
        using var blobs = new DiskBlobStore(folder.BlobsPath, spool);
        for (var i = 0; i < 23; i++) await made.SaveAsync(store, $"email:customer-{i}@example.org", new Wake(i % 3 == 0 ? null : DateTimeOffset.UtcNow.AddHours(i), i % 2 == 0, Forget: false));
        foreach (var size in (int[])[1, 10_000, 70_000, 262_144]) await made.AddSmallAsync(store, size);
        foreach (var size in (int[])[262_145, 700_000]) await made.AddBlobAsync(store, blobs, spool, size);
        await made.EndAsync(store);
        made.Forgotten = (await store.SaveAsync(Saves.Of("gone", 0), CancellationToken.None)).Version;
        await store.SaveAsync(Saves.Forgetting("gone", made.Forgotten), CancellationToken.None);
        return made;
    }

    public void Dispose() => _folder.Dispose();

    private async Task SaveAsync(SqliteStore store, string key, Wake wake, params Record[] records)
    {
        var save = Saves.Of(key, Actors.TryGetValue(key, out var before) ? before.Version : 0, records) with { Wake = wake, State = RandomNumberGenerator.GetBytes(900) };
        Actors[key] = await store.SaveAsync(save, CancellationToken.None);
    }

    private async Task AddSmallAsync(SqliteStore store, int size)
    {
        var (row, bytes) = New(size);
        var save = Saves.Of(row.Id.ToString(), 0, new UploadAdded(row), new FileKept(row.Id)) with { SmallFile = new ReadOnlySequence<byte>(bytes) };
        Actors[row.Id.ToString()] = await store.SaveAsync(save, CancellationToken.None);
        Small[row.Id] = bytes;
    }

    private async Task AddBlobAsync(SqliteStore store, DiskBlobStore blobs, Spool spool, int size)
    {
        var (row, bytes) = New(size);
        using var file = spool.Begin();
        file.Append(bytes);
        await blobs.PutAsync(row.Id, file, CancellationToken.None);
        Actors[row.Id.ToString()] = await store.SaveAsync(Saves.Of(row.Id.ToString(), 0, new UploadAdded(row)), CancellationToken.None);
        Blobs[row.Id] = bytes;
    }

    /// <summary>When the link has expired for which one's bytes are kept.</summary>
    public static readonly DateTimeOffset LinkUntil = Saves.Created.AddDays(7);

    /// <summary>One is delivered and has let go of its bytes; one failed and keeps them; one is delivered and keeps them for a link.</summary>
    private async Task EndAsync(SqliteStore store)
    {
        var (delivered, failed, linked) = (Uploads[0], Uploads[1], Uploads[2]);
        await SaveAsync(store, "ender", default, Saves.Moved(delivered.Id, UploadStatus.Delivered, Saves.Created) with { Result = "{\"a\":1}" }, new FileDropped(delivered.Id, 1), Saves.Moved(failed.Id, UploadStatus.Failed, Saves.Created) with { Error = "{}" },
            Saves.Moved(linked.Id, UploadStatus.Delivered, Saves.Created) with { FileUntil = LinkUntil });
        Small.Remove(delivered.Id);
        Uploads[0] = (await store.FindAsync(delivered.Id, CancellationToken.None))!;
        Uploads[1] = (await store.FindAsync(failed.Id, CancellationToken.None))!;
        Uploads[2] = (await store.FindAsync(linked.Id, CancellationToken.None))!;
    }

    private (UploadRow Row, byte[] Bytes) New(int size)
    {
        var row = Saves.Row(size: size, sequence: Uploads.Count + 1) with { Flags = ["second-format"], SenderId = "s", Caller = "key", OriginalFilename = "Фото\0.png" };
        Uploads.Add(row);
        return (row, RandomNumberGenerator.GetBytes(size));
    }
}
