using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

/// <summary>What every store of uploads' rows and small files keeps to.</summary>
public abstract class UploadRowsContract
{
    private protected ManualTime Clock { get; } = new();

    private protected abstract IActorStore Store { get; }

    private IUploadRows Rows => (IUploadRows)Store;

    private ISmallFiles Files => (ISmallFiles)Store;

    [ContractFact]
    public async Task A_row_comes_back_with_every_member()
    {
        var row = Saves.Row() with
        {
            ConversationId = "v",
            GenesysContactId = "g",
            Charset = "utf-8",
            Status = UploadStatus.Failed,
            Flags = ["extension-mismatch", "second-format"],
            SenderId = "s",
            Attempts = 7,
            DeliveredAt = Saves.Created.AddMicroseconds(1),
            Result = "{\"a\":1}",
            Error = "{}",
            Caller = "key",
        };
        await SaveAsync(new UploadAdded(row));
        var found = await Rows.FindAsync(row.Id, CancellationToken.None);
        Assert.Equal(row.Flags, found!.Flags);
        Assert.Equal(row, found with { Flags = row.Flags });
        Assert.Null(await Rows.FindAsync(UploadId.New(), CancellationToken.None));
    }

    [ContractFact]
    public async Task Of_several_ids_the_rows_that_are_there_are_found()
    {
        var (one, two) = (Saves.Row(), Saves.Row());
        await SaveAsync(new UploadAdded(one), new UploadAdded(two), new UploadAdded(Saves.Row()));
        var found = await Rows.FindManyAsync([two.Id, UploadId.New(), one.Id], CancellationToken.None);
        Assert.Equal(new HashSet<UploadId> { one.Id, two.Id }, found.Select(r => r.Id).ToHashSet());
        Assert.Equal(2, found.Count);
        Assert.Empty(await Rows.FindManyAsync([], CancellationToken.None));
    }

    [ContractFact]
    public async Task A_move_changes_what_it_names_and_keeps_the_rest()
    {
        var row = Saves.Row();
        await SaveAsync(new UploadAdded(row));
        await SaveAsync(new UploadMoved(row.Id, UploadStatus.Queued, 1, Clock.Now, "g", null, "{\"e\":1}"));
        await SaveAsync(new UploadMoved(row.Id, UploadStatus.Delivered, 2, Clock.Now, null, "{\"r\":1}", null));
        var found = await Rows.FindAsync(row.Id, CancellationToken.None);
        Assert.Equal(
            row with { Status = UploadStatus.Delivered, Attempts = 2, GenesysContactId = "g", Result = "{\"r\":1}", Error = "{\"e\":1}", DeliveredAt = Clock.Now },
            found! with { Flags = row.Flags });
    }

    [ContractFact]
    public async Task Records_of_one_save_follow_one_another_as_those_of_several_would()
    {
        var row = Saves.Row();
        await SaveAsync(new UploadAdded(row), new FileKept(row.Id), Saves.Moved(row.Id, UploadStatus.Delivering, Clock.Now), Saves.Moved(row.Id, UploadStatus.Delivered, Clock.Now), new FileDropped(row.Id, 1));
        Assert.Equal(UploadStatus.Delivered, (await Rows.FindAsync(row.Id, CancellationToken.None))!.Status);
        Assert.Null(await Files.ReadAsync(row.Id));
        Assert.Empty(await Rows.WithFilesAsync([row.Id], CancellationToken.None));
        Assert.Equal(0, (await Rows.BacklogAsync(CancellationToken.None)).Uploads);
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(10_240)]
    [InlineData(65_536)]
    [InlineData(262_144)]
    public async Task A_small_file_is_there_with_its_commit_and_gone_when_dropped(int size)
    {
        var row = Saves.Row();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        using var received = new Spool("unused").Begin();
        received.Append(bytes);
        Assert.True(received.TryGetMemory(out var memory));
        await Store.SaveAsync(Saves.Of("a", 0, new UploadAdded(row), new FileKept(row.Id)) with { SmallFile = memory }, CancellationToken.None);
        Assert.Equal(bytes, await Files.ReadAsync(row.Id));
        await SaveAsync(Saves.Moved(row.Id, UploadStatus.Delivered, Clock.Now), new FileDropped(row.Id, size));
        Assert.Null(await Files.ReadAsync(row.Id));
    }

    [ContractFact]
    public async Task A_contacts_uploads_are_listed_newest_first_in_pages()
    {
        var rows = Enumerable.Range(1, 5).Select(sequence => Saves.Row(sequence: sequence)).ToList();
        foreach (var row in rows) await SaveAsync(new UploadAdded(row));
        var foreign = Saves.Row("other");
        await SaveAsync(new UploadAdded(foreign));
        Assert.Equal([5, 4, 3], (await Rows.ListAsync("c", null, 3, CancellationToken.None)).Select(row => row.Sequence));
        Assert.Equal([2, 1], (await Rows.ListAsync("c", rows[2].Id, 3, CancellationToken.None)).Select(row => row.Sequence));
        Assert.Empty(await Rows.ListAsync("c", foreign.Id, 3, CancellationToken.None));
    }

    [ContractFact]
    public async Task The_backlog_counts_what_has_not_ended()
    {
        Assert.Equal(new Backlog(0, 0, 0, null), await Rows.BacklogAsync(CancellationToken.None));
        var ended = Saves.Row("b");
        await SaveAsync(new UploadAdded(Saves.Row("a", 1, 10)), new UploadAdded(Saves.Row("a", 2, 20) with { CreatedAt = Saves.Created.AddHours(-1) }), new UploadAdded(Saves.Row("b", 1, 40)), new UploadAdded(ended));
        await SaveAsync(Saves.Moved(ended.Id, UploadStatus.Failed, Clock.Now));
        Assert.Equal(new Backlog(3, 2, 70, Saves.Created.AddHours(-1)), await Rows.BacklogAsync(CancellationToken.None));
    }

    [ContractFact]
    public async Task Files_of_failed_uploads_are_dropped_when_they_ended_long_enough_ago()
    {
        var (old, young, open) = (Saves.Row(), Saves.Row(sequence: 2), Saves.Row(sequence: 3));
        foreach (var row in (UploadRow[])[old, young, open])
        {
            await Store.SaveAsync(Saves.Of(row.Id.ToString(), 0, new UploadAdded(row), new FileKept(row.Id)) with { SmallFile = new ReadOnlySequence<byte>([1]) }, CancellationToken.None);
        }
        await SaveAsync(Saves.Moved(old.Id, UploadStatus.Failed, Clock.Now - TimeSpan.FromHours(2)));
        await SaveAsync(Saves.Moved(young.Id, UploadStatus.Expired, Clock.Now));
        Assert.Equal([old.Id], await Rows.DropFailedFilesAsync(Clock.Now - TimeSpan.FromHours(1), 10, CancellationToken.None));
        Assert.Empty(await Rows.DropFailedFilesAsync(Clock.Now - TimeSpan.FromHours(1), 10, CancellationToken.None));
        Assert.Null(await Files.ReadAsync(old.Id));
        Assert.NotNull(await Files.ReadAsync(young.Id));
        Assert.Equal(new HashSet<UploadId> { young.Id, open.Id }, await Rows.WithFilesAsync([old.Id, young.Id, open.Id, UploadId.New()], CancellationToken.None));
    }

    [ContractFact]
    public async Task A_file_that_is_kept_for_a_link_outlives_its_delivery_and_its_row_the_sweep_of_rows_until_the_link_has_expired()
    {
        var row = Saves.Row();
        var inOneSave = Saves.Row(sequence: 2);
        var until = Clock.Now.AddHours(1);
        foreach (var one in (UploadRow[])[row, inOneSave])
        {
            Record[] ends = one == row ? [] : [Saves.Moved(one.Id, UploadStatus.Delivered, Clock.Now.AddDays(-40)) with { FileUntil = until }];
            await Store.SaveAsync(Saves.Of(one.Id.ToString(), 0, [new UploadAdded(one), new FileKept(one.Id), .. ends]) with { SmallFile = new ReadOnlySequence<byte>([7]) }, CancellationToken.None);
        }
        await SaveAsync(Saves.Moved(row.Id, UploadStatus.Delivered, Clock.Now.AddDays(-40)) with { FileUntil = until });

        Assert.Empty(await Rows.DropFailedFilesAsync(Clock.Now, 10, CancellationToken.None));
        Assert.Empty(await Rows.DropLinkedFilesAsync(until, 10, CancellationToken.None));
        Assert.Equal(0, await Rows.SweepRowsAsync(Clock.Now, 10, CancellationToken.None));
        Assert.Equal(new Backlog(0, 0, 0, null), await Rows.BacklogAsync(CancellationToken.None));
        Assert.Equal(new HashSet<UploadId> { row.Id, inOneSave.Id }, await Rows.WithFilesAsync([row.Id, inOneSave.Id], CancellationToken.None));
        Assert.Equal([7], (await Files.ReadAsync(row.Id))!);
        Assert.True(await Files.BytesAsync(1000, CancellationToken.None) > 0);

        Assert.Single(await Rows.DropLinkedFilesAsync(until.AddSeconds(1), 1, CancellationToken.None));
        Assert.Single(await Rows.DropLinkedFilesAsync(until.AddSeconds(1), 10, CancellationToken.None));
        Assert.Empty(await Rows.WithFilesAsync([row.Id, inOneSave.Id], CancellationToken.None));
        Assert.Null(await Files.ReadAsync(row.Id));
        Assert.Equal(0, await Files.BytesAsync(1000, CancellationToken.None));
        Assert.Equal(2, await Rows.SweepRowsAsync(Clock.Now, 10, CancellationToken.None));
    }

    [ContractFact]
    public async Task Rows_are_swept_when_they_ended_long_enough_ago_whatever_older_one_is_still_open()
    {
        var rows = Enumerable.Range(1, 4).Select(sequence => Saves.Row(sequence: sequence)).ToList();
        foreach (var row in rows) await SaveAsync(new UploadAdded(row));
        await SaveAsync(Saves.Moved(rows[1].Id, UploadStatus.Delivered, Clock.Now - TimeSpan.FromMinutes(50)));
        await SaveAsync(Saves.Moved(rows[2].Id, UploadStatus.Failed, Clock.Now - TimeSpan.FromMinutes(40)));
        await SaveAsync(Saves.Moved(rows[3].Id, UploadStatus.Delivered, Clock.Now));
        Assert.Equal(1, await Rows.SweepRowsAsync(Clock.Now - TimeSpan.FromMinutes(30), 1, CancellationToken.None));
        Assert.Equal(1, await Rows.SweepRowsAsync(Clock.Now - TimeSpan.FromMinutes(30), 10, CancellationToken.None));
        Assert.Equal(0, await Rows.SweepRowsAsync(Clock.Now - TimeSpan.FromMinutes(30), 10, CancellationToken.None));
        Assert.Equal([4, 1], (await Rows.ListAsync("c", null, 10, CancellationToken.None)).Select(row => row.Sequence));
    }

    private async Task SaveAsync(params Record[] records)
    {
        var outcome = await Store.SaveAsync(
            Saves.Of(Guid.NewGuid().ToString(), 0, records) with { SmallFile = new ReadOnlySequence<byte>([1, 2]) }, CancellationToken.None);
        Assert.True(outcome.Saved);
    }
}
