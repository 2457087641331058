using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests.Segments;

public sealed class SegmentCompactionTests
{
    [Fact]
    public async Task Kept_files_among_many_dropped_ones_are_moved_together_and_the_disk_is_given_back()
    {
        using var kept = new SegmentStore();
        var held = new Dictionary<UploadId, byte[]>();
        using var reading = new Held();
        for (var round = 0; round < 40; round++)
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => kept.KeepAsync(SegmentStore.Bytes((round * 10) + i, 10_000))));
            held[ids[0]] = SegmentStore.Bytes(round * 10, 10_000);
            if (round == 0) reading.File = await kept.Files.OpenAsync(ids[0], CancellationToken.None);
            foreach (var id in ids[1..]) await kept.DropAsync(id);
        }
        await kept.CompactAsync();
        AssertBounded(kept, held);
        Assert.Equal(SegmentStore.Bytes(0, 10_000), Saves.Whole(reading.File!));
        foreach (var (id, bytes) in held) Assert.Equal(bytes, await kept.Files.ReadAsync(id));
        kept.Restart();
        foreach (var (id, bytes) in held) Assert.Equal(bytes, await kept.Files.ReadAsync(id));
    }

    /// <summary>Any order of keeping, dropping, sweeping, restarting and crashing, against a dictionary.</summary>
    [Fact]
    public void Whatever_is_kept_dropped_swept_and_restarted_the_store_holds_what_a_dictionary_does() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed => HoldsAsync(new Random(seed)).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    private static async Task<bool> HoldsAsync(Random random)
    {
        using var kept = new SegmentStore(SegmentStore.Options with { SpareBytes = random.Next(3) * 100_000 });
        var model = new Dictionary<UploadId, byte[]>();
        for (var step = 0; step < 40; step++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    var files = Enumerable.Range(0, random.Next(1, 8)).Select(_ => SegmentStore.Bytes(random.Next(), random.Next(1, 30_000))).ToList();
                    foreach (var (i, id) in (await Task.WhenAll(files.Select(kept.KeepAsync))).Index()) model.Add(id, files[i]);
                    break;
                case < 8:
                    var gone = model.Keys.Where(_ => random.Next(4) > 0).ToList();
                    await Task.WhenAll(gone.Select(kept.DropAsync));
                    foreach (var id in gone) model.Remove(id);
                    break;
                case 8:
                    await kept.CompactAsync();
                    AssertBounded(kept, model);
                    break;
                default:
                    kept.Restart();
                    break;
            }
            foreach (var (id, bytes) in model) Assert.Equal(bytes, await kept.Files.ReadAsync(id));
        }
        // A copy is no instant: nothing may be on its way from one segment to another while it is made.
        await kept.CompactAsync();
        using var crashed = kept.Crash();
        using var again = kept.Open(crashed.Path);
        foreach (var (id, bytes) in model) Assert.Equal(bytes, await ((ISmallFiles)again).ReadAsync(id));
        return true;
    }

    /// <summary>Twice what lives, the spare ones, two segments, and the one that the compaction itself began.</summary>
    private static void AssertBounded(SegmentStore kept, Dictionary<UploadId, byte[]> files) => Assert.InRange(
        kept.BytesOnDisk, 0, (2 * files.Values.Sum(file => (long)file.Length)) + SegmentStore.Options.SpareBytes + (3 * SegmentStore.Options.SegmentBytes));

    private sealed class Held : IDisposable
    {
        public FileBytes? File { get; set; }

        public void Dispose() => File?.Dispose();
    }
}
