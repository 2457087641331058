using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;

namespace Gatehouse.Storage.Tests.Segments;

public sealed class SegmentTests : IDisposable
{
    private readonly SegmentStore _kept = new();

    [Fact]
    public async Task Files_of_one_commit_each_come_back_as_they_were_and_lie_in_segments()
    {
        var before = _kept.Store.Commits;
        var files = Enumerable.Range(1, 60).Select(i => SegmentStore.Bytes(i, i * 100)).ToList();
        var ids = await Task.WhenAll(files.Select(_kept.KeepAsync));
        Assert.InRange(_kept.Store.Commits - before, 1, 40);
        for (var i = 0; i < ids.Length; i++) Assert.Equal(files[i], await _kept.Files.ReadAsync(ids[i]));
        Assert.InRange(_kept.BytesOnDisk, files.Sum(file => (long)file.Length), _kept.Store.SegmentBytes);
    }

    [Fact]
    public async Task A_file_to_the_limit_is_a_row_and_one_above_it_is_not()
    {
        var row = await _kept.KeepAsync(SegmentStore.Bytes(1, 10));
        Assert.Empty(_kept.SegmentFiles);
        await _kept.KeepAsync(SegmentStore.Bytes(1, 11));
        Assert.Single(_kept.SegmentFiles);
        Assert.Equal(10, (await _kept.Files.ReadAsync(row))!.Length);
    }

    [Fact]
    public async Task A_part_of_a_file_is_read_and_nothing_of_its_neighbour()
    {
        var ids = await Task.WhenAll(_kept.KeepAsync(SegmentStore.Bytes(1, 500)), _kept.KeepAsync(SegmentStore.Bytes(2, 500)));
        using var file = await _kept.Files.OpenAsync(ids[0], CancellationToken.None);
        var into = new byte[200];
        Assert.Equal(100, file!.ReadAt(400, into));
        Assert.Equal(SegmentStore.Bytes(1, 500)[400..], into[..100]);
        Assert.Equal(0, file.ReadAt(500, into));
        Assert.Equal(0, file.ReadAt(9000, into));
    }

    [Fact]
    public async Task A_segment_that_empties_is_used_again_under_another_number_so_that_the_folder_does_not_grow()
    {
        for (var i = 0; i < 100; i++)
        {
            var id = await _kept.KeepAsync(SegmentStore.Bytes(i, 30_000));
            Assert.Equal(SegmentStore.Bytes(i, 30_000), await _kept.Files.ReadAsync(id));
            await _kept.DropAsync(id);
        }
        Assert.InRange(_kept.SegmentFiles.Length, 1, 2);
    }

    [Fact]
    public async Task A_segment_that_empties_is_deleted_when_there_are_spare_ones_enough()
    {
        using var sparing = new SegmentStore(SegmentStore.Options with { SpareBytes = 0 });
        var ids = new List<UploadId>();
        for (var i = 0; i < 20; i++) ids.Add(await sparing.KeepAsync(SegmentStore.Bytes(i, 30_000)));
        Assert.Equal(7, sparing.SegmentFiles.Length);
        foreach (var id in ids) await sparing.DropAsync(id);
        await sparing.SettleAsync();
        Assert.Single(sparing.SegmentFiles);
        Assert.InRange(sparing.BytesOnDisk, 1, SegmentStore.Options.SegmentBytes);
        Assert.Equal(sparing.BytesOnDisk, sparing.Store.SegmentBytes);
    }

    [Fact]
    public async Task A_reader_is_not_disturbed_when_the_row_goes_and_the_segment_with_it()
    {
        var bytes = SegmentStore.Bytes(1, 60_000);
        var id = await _kept.KeepAsync(bytes);
        using var file = await _kept.Files.OpenAsync(id, CancellationToken.None);
        await _kept.DropAsync(id);
        Assert.Null(await _kept.Files.ReadAsync(id));
        for (var i = 2; i < 12; i++) await _kept.DropAsync(await _kept.KeepAsync(SegmentStore.Bytes(i, 60_000)));
        Assert.Equal(bytes, Saves.Whole(file!));
    }

    [Fact]
    public async Task A_save_whose_transaction_fails_after_the_append_leaves_no_file_and_fails_alone()
    {
        var row = Saves.Row();
        await _kept.SaveAsync([], new UploadAdded(row));
        var good = Enumerable.Range(0, 40).Select(i => _kept.KeepAsync(SegmentStore.Bytes(i, 1000))).ToList();
        var bad = _kept.SaveAsync(SegmentStore.Bytes(99, 90_000), new FileKept(row.Id), new UploadAdded(row));
        good.AddRange(Enumerable.Range(40, 40).Select(i => _kept.KeepAsync(SegmentStore.Bytes(i, 1000))));
        await Assert.ThrowsAsync<StoreFailedException>(() => bad);
        var ids = await Task.WhenAll(good);
        for (var i = 0; i < ids.Length; i++) Assert.Equal(SegmentStore.Bytes(i, 1000), await _kept.Files.ReadAsync(ids[i]));
        Assert.Null(await _kept.Files.ReadAsync(row.Id));
        foreach (var id in ids) await _kept.DropAsync(id);
        await _kept.DropAsync(await _kept.KeepAsync(SegmentStore.Bytes(1, 90_000)));
        await _kept.SettleAsync();
        // Its bytes hold no segment: all but the one in use are spare, and a start has nothing to keep.
        _kept.Restart();
        await _kept.DropAsync(await _kept.KeepAsync(SegmentStore.Bytes(1, 90_000)));
        Assert.InRange(_kept.BytesOnDisk, 1, SegmentStore.Options.SpareBytes + SegmentStore.Options.SegmentBytes);
    }

    [Fact]
    public async Task A_save_that_lost_its_race_leaves_no_file_and_holds_no_segment()
    {
        await _kept.Store.SaveAsync(Saves.Of("taken", 0), CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            var id = UploadId.New();
            var lost = Saves.Of("taken", 0, new FileKept(id)) with { SmallFile = new System.Buffers.ReadOnlySequence<byte>(SegmentStore.Bytes(i, 60_000)) };
            Assert.False((await _kept.Store.SaveAsync(lost, CancellationToken.None)).Saved);
            Assert.Null(await _kept.Files.ReadAsync(id));
        }
        Assert.InRange(_kept.SegmentFiles.Length, 1, 2);
    }

    /// <summary>The kernel's own answer for a full disk: every write to this device fails with ENOSPC. Elsewhere its Windows counterpart is thrown.</summary>
    [Fact]
    public async Task A_full_disk_fails_the_saves_that_bring_files_and_no_other()
    {
        using var full = new SegmentStore(SegmentStore.Options with
        {
            Create = path => OperatingSystem.IsLinux()
                ? File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite)
                : throw new IOException(path, unchecked((int)0x80070070)),
        });
        var others = Enumerable.Range(0, 30).Select(i => full.KeepAsync(SegmentStore.Bytes(i, 10))).ToList();
        var row = Saves.Row();
        var fails = full.SaveAsync(new byte[11], new UploadAdded(row), new FileKept(row.Id));
        others.AddRange(Enumerable.Range(30, 30).Select(i => full.KeepAsync(SegmentStore.Bytes(i, 10))));
        await Assert.ThrowsAsync<SpoolFullException>(() => fails);
        foreach (var (i, id) in (await Task.WhenAll(others)).Index()) Assert.Equal(SegmentStore.Bytes(i, 10), await full.Files.ReadAsync(id));
        Assert.Null(await full.Store.FindAsync(row.Id, CancellationToken.None));
    }

    public void Dispose() => _kept.Dispose();
}
