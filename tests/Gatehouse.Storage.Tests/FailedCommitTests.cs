using System.Collections;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Tests.Segments;

namespace Gatehouse.Storage.Tests;

/// <summary>A COMMIT itself that fails: whoever shared it is told, and nothing of it is there.</summary>
public sealed class FailedCommitTests : IDisposable
{
    private const string Breaks = "breaks";

    private readonly SegmentStore _kept = new();

    public FailedCommitTests()
    {
        // A deferred foreign key is looked at by the COMMIT, not by the statement that breaks it.
        using var db = new Connection(Path.Combine(_kept.Folder, "gatehouse.db"), readOnly: false);
        db.Execute(
            $"""
            CREATE TABLE good (id INTEGER PRIMARY KEY);
            CREATE TABLE bad (id INTEGER REFERENCES good (id) DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER break_the_commit AFTER INSERT ON actors WHEN NEW.key = '{Breaks}' BEGIN INSERT INTO bad VALUES (1); END;
            """);
    }

    [Fact]
    public async Task Its_files_are_not_there_and_those_that_it_dropped_are()
    {
        var before = await _kept.KeepAsync(SegmentStore.Bytes(1, 90_000));
        await _kept.KeepAsync(SegmentStore.Bytes(2, 90_000));
        var (row, bytes) = (Saves.Row(), SegmentStore.Bytes(3, 20_000));
        await TogetherAsync(
            () => _kept.DropAsync(before),
            () => _kept.SaveAsync(bytes, new UploadAdded(row), new FileKept(row.Id)),
            () => _kept.Store.SaveAsync(Saves.Of(Breaks, 0), CancellationToken.None).AsTask());

        Assert.Null(await _kept.Store.FindAsync(row.Id, CancellationToken.None));
        Assert.Null(await _kept.Files.ReadAsync(row.Id));
        // Whatever is written over now, it is not the segment of the file that was not dropped.
        for (var i = 10; i < 20; i++) await _kept.DropAsync(await _kept.KeepAsync(SegmentStore.Bytes(i, 90_000)));
        Assert.Equal(SegmentStore.Bytes(1, 90_000), await _kept.Files.ReadAsync(before));
        await _kept.SaveAsync(bytes, new UploadAdded(row), new FileKept(row.Id));
        Assert.Equal(bytes, await _kept.Files.ReadAsync(row.Id));

        _kept.Restart();
        Assert.Equal(SegmentStore.Bytes(1, 90_000), await _kept.Files.ReadAsync(before));
        Assert.Equal(bytes, await _kept.Files.ReadAsync(row.Id));
        await _kept.DropAsync(before);
        Assert.Null(await _kept.Files.ReadAsync(before));
    }

    [Fact]
    public async Task It_is_told_once_to_each_and_the_next_commit_holds()
    {
        var rows = Enumerable.Range(0, 20).Select(_ => Saves.Row()).ToList();
        await TogetherAsync([
            .. rows.Select<UploadRow, Func<Task>>(row => () => _kept.SaveAsync([], new UploadAdded(row))),
            () => _kept.Store.SaveAsync(Saves.Of(Breaks, 0), CancellationToken.None).AsTask(),
        ]);
        foreach (var row in rows) Assert.Null(await _kept.Store.FindAsync(row.Id, CancellationToken.None));
        Assert.Equal(0, (await _kept.Store.LoadAsync(new ActorKey("contact", Breaks), CancellationToken.None)).Version);
        foreach (var row in rows) Assert.True((await _kept.SaveAsync([], new UploadAdded(row))).Saved);
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>Holds the writer in a save of its own while the others are posted, so that they share the next commit; all of them fail with it.</summary>
    private async Task TogetherAsync(params Func<Task>[] saves)
    {
        using var held = new HeldUp();
        var first = _kept.Store.SaveAsync(Saves.Of("first", 0) with { Records = held }, CancellationToken.None).AsTask();
        held.Reached.Wait();
        var shared = saves.Select(save => save()).ToList();
        held.GoOn.Set();
        Assert.True((await first).Saved);
        foreach (var save in shared) Assert.Contains("FOREIGN KEY", (await Assert.ThrowsAsync<StoreFailedException>(() => save)).Message, StringComparison.Ordinal);
    }

    /// <summary>No records, but whoever counts them waits.</summary>
    private sealed class HeldUp : IReadOnlyList<Record>, IDisposable
    {
        public ManualResetEventSlim Reached { get; } = new();

        public ManualResetEventSlim GoOn { get; } = new();

        public int Count
        {
            get
            {
                Reached.Set();
                GoOn.Wait();
                return 0;
            }
        }

        public Record this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<Record> GetEnumerator() => Enumerable.Empty<Record>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
            Reached.Dispose();
            GoOn.Dispose();
        }
    }
}
