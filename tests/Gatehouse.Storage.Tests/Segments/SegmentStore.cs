using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Sqlite.Segments;

namespace Gatehouse.Storage.Tests.Segments;

/// <summary>A real store with segments so small that a few files fill one.</summary>
internal sealed class SegmentStore : IDisposable
{
    public static readonly SegmentOptions Options = new() { RowBytes = 10, SegmentBytes = 100_000, GrowBy = 10_000, SpareBytes = 200_000, CompactionPortion = 20_000 };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _clock = new();
    private readonly SegmentOptions _options;

    public SegmentStore(SegmentOptions? options = null)
    {
        _options = options ?? Options;
        Store = Open(_folder.Path);
    }

    public SqliteStore Store { get; private set; }

    public ISmallFiles Files => Store;

    public string Folder => _folder.Path;

    public string[] SegmentFiles => [.. Directory.EnumerateFiles(_folder.File("segments")).Order(StringComparer.Ordinal)];

    public long BytesOnDisk => SegmentFiles.Sum(file => new FileInfo(file).Length);

    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public Task<SaveOutcome> SaveAsync(byte[] bytes, params Record[] records) =>
        Store.SaveAsync(Saves.Of(Guid.NewGuid().ToString(), 0, records) with { SmallFile = new ReadOnlySequence<byte>(bytes) }, CancellationToken.None).AsTask();

    public async Task<UploadId> KeepAsync(byte[] bytes)
    {
        var row = Saves.Row(size: bytes.Length);
        Assert.True((await SaveAsync(bytes, new UploadAdded(row), new FileKept(row.Id))).Saved);
        return row.Id;
    }

    public Task DropAsync(UploadId id) => SaveAsync([], Saves.Moved(id, UploadStatus.Delivered, _clock.Now), new FileDropped(id, 1));

    /// <summary>What comes after a commit is done when the writer has done something else.</summary>
    public async Task SettleAsync() => await Store.HastenAsync("contact", CancellationToken.None);

    public async Task CompactAsync()
    {
        await SettleAsync();
        await Store.SweepRowsAsync(DateTimeOffset.MinValue, 10, CancellationToken.None);
        await SettleAsync();
    }

    public void Restart(Action? between = null)
    {
        Store.Dispose();
        between?.Invoke();
        Store = Open(_folder.Path);
    }

    /// <summary>The files as they are at this moment, as a crash would leave them.</summary>
    public TemporaryFolder Crash()
    {
        var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.File("segments"));
        foreach (var file in Directory.EnumerateFiles(Folder, "gatehouse.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))) File.Copy(file, copy.File(Path.GetFileName(file)));
        foreach (var file in SegmentFiles) CopyIfThere(file, copy.File($"segments/{Path.GetFileName(file)}"));
        return copy;
    }

    /// <summary>An emptied segment goes after the commit that emptied it was answered: it may just be going.</summary>
    private static void CopyIfThere(string file, string to)
    {
        try
        {
            File.Copy(file, to);
        }
        catch (FileNotFoundException)
        {
            // No row of the copied database points to it.
        }
    }

    public SqliteStore Open(string path) => SqliteStore.Open(Path.Combine(path, "gatehouse.db"), _clock, _options);

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
