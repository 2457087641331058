using System.Collections;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests.Segments;

public sealed class SegmentRecoveryTests : IDisposable
{
    private readonly SegmentStore _kept = new();

    [Fact]
    public async Task A_torn_tail_and_segments_without_rows_disturb_nothing_and_are_written_over()
    {
        var id = await _kept.KeepAsync(SegmentStore.Bytes(1, 40_000));
        _kept.Restart(() =>
        {
            using (var torn = File.OpenWrite(_kept.SegmentFiles[0]))
            {
                torn.SetLength(40_008);
                torn.Position = 40_008;
                torn.Write(SegmentStore.Bytes(2, 333));
            }
            for (var slot = 7; slot < 17; slot++) File.WriteAllBytes(Path.Combine(_kept.Folder, "segments", $"{slot:d4}.seg"), SegmentStore.Bytes(slot, 100_000));
            File.WriteAllText(Path.Combine(_kept.Folder, "segments", "notes.txt"), "not ours");
        });
        // The row's segment, two spare ones, and the file that is not ours.
        Assert.Equal(4, _kept.SegmentFiles.Length);
        var torn = await File.ReadAllBytesAsync(_kept.SegmentFiles[0]);
        var next = await _kept.KeepAsync(SegmentStore.Bytes(3, 500));
        Assert.Equal(torn, await File.ReadAllBytesAsync(_kept.SegmentFiles[0]));
        Assert.Equal(SegmentStore.Bytes(1, 40_000), await _kept.Files.ReadAsync(id));
        Assert.Equal(SegmentStore.Bytes(3, 500), await _kept.Files.ReadAsync(next));
    }

    [Fact]
    public async Task A_file_whose_segment_is_lost_or_cut_is_not_there_and_its_slot_is_not_taken_for_another()
    {
        var (lost, cut) = (await _kept.KeepAsync(SegmentStore.Bytes(1, 90_000)), await _kept.KeepAsync(SegmentStore.Bytes(2, 90_000)));
        _kept.Restart(() =>
        {
            File.Delete(_kept.SegmentFiles[0]);
            using var file = File.OpenWrite(_kept.SegmentFiles[0]);
            file.SetLength(89_999);
        });
        var next = await _kept.KeepAsync(SegmentStore.Bytes(3, 90_000));
        _kept.Restart();
        Assert.Null(await _kept.Files.ReadAsync(lost));
        Assert.Null(await _kept.Files.ReadAsync(cut));
        Assert.Equal(SegmentStore.Bytes(3, 90_000), await _kept.Files.ReadAsync(next));
    }

    [Fact]
    public async Task A_database_restored_beside_later_segments_never_shows_another_files_bytes()
    {
        var first = await _kept.KeepAsync(SegmentStore.Bytes(1, 90_000));
        using var restored = _kept.Crash();
        await _kept.DropAsync(first);
        for (var i = 2; i < 6; i++) await _kept.DropAsync(await _kept.KeepAsync(SegmentStore.Bytes(i, 90_000)));
        using (var later = _kept.Crash())
        {
            foreach (var file in Directory.EnumerateFiles(later.File("segments"))) File.Copy(file, restored.File($"segments/{Path.GetFileName(file)}"), overwrite: true);
        }
        using var again = _kept.Open(restored.Path);
        Assert.NotNull(await again.FindAsync(first, CancellationToken.None));
        Assert.Null(await ((ISmallFiles)again).ReadAsync(first));
    }

    [Fact]
    public async Task A_crash_after_a_save_loses_none_of_the_files()
    {
        var ids = new List<UploadId>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await _kept.KeepAsync(SegmentStore.Bytes(i, 25_000)));
            if (i % 4 == 3)
            {
                await _kept.DropAsync(ids[i - 1]);
                ids[i - 1] = default;
            }
            using var crashed = _kept.Crash();
            using var again = _kept.Open(crashed.Path);
            for (var j = 0; j <= i; j++)
            {
                if (ids[j] != default) Assert.Equal(SegmentStore.Bytes(j, 25_000), await ((ISmallFiles)again).ReadAsync(ids[j]));
            }
        }
    }

    [Fact]
    public async Task A_crash_between_the_append_and_the_commit_leaves_what_was_and_garbage_that_the_start_takes_back()
    {
        var before = await _kept.KeepAsync(SegmentStore.Bytes(1, 25_000));
        var row = Saves.Row();
        TemporaryFolder? crashed = null;
        var save = Saves.Of("a", 0) with
        {
            Records = new Watched([new UploadAdded(row), new FileKept(row.Id)], at: 1, () => crashed ??= _kept.Crash()),
            SmallFile = new System.Buffers.ReadOnlySequence<byte>(SegmentStore.Bytes(2, 90_000)),
        };
        await _kept.Store.SaveAsync(save, CancellationToken.None);
        Assert.Equal(SegmentStore.Bytes(2, 90_000), await _kept.Files.ReadAsync(row.Id));
        using (crashed)
        {
            Assert.Equal(2, Directory.GetFiles(crashed!.File("segments")).Length);
            using var again = _kept.Open(crashed.Path);
            Assert.Null(await again.FindAsync(row.Id, CancellationToken.None));
            Assert.Null(await ((ISmallFiles)again).ReadAsync(row.Id));
            Assert.Equal(SegmentStore.Bytes(1, 25_000), await ((ISmallFiles)again).ReadAsync(before));
        }
    }

    /// <summary>The power fails in the flush: of the pages that were appended or written over, any may be on disk and any may be as it was.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_flush_that_was_torn_costs_no_file_that_was_answered(int seed)
    {
        var random = new Random(seed);
        var held = new Dictionary<UploadId, byte[]>();
        for (var i = 0; i < 15; i++)
        {
            using var before = _kept.Crash();
            var (row, bytes) = (Saves.Row(), SegmentStore.Bytes((seed * 100) + i, random.Next(5_000, 60_000)));
            TemporaryFolder? torn = null;
            var save = Saves.Of(Guid.NewGuid().ToString(), 0) with
            {
                Records = new Watched([new UploadAdded(row), new FileKept(row.Id)], at: 1, () => torn ??= _kept.Crash()),
                SmallFile = new System.Buffers.ReadOnlySequence<byte>(bytes),
            };
            await _kept.Store.SaveAsync(save, CancellationToken.None);
            using (torn)
            {
                foreach (var file in Directory.EnumerateFiles(torn!.File("segments"))) Tear(file, before.File($"segments/{Path.GetFileName(file)}"), random);
                using var again = _kept.Open(torn.Path);
                foreach (var (id, kept) in held) Assert.Equal(kept, await ((ISmallFiles)again).ReadAsync(id));
                Assert.Null(await ((ISmallFiles)again).ReadAsync(row.Id));
            }
            held.Add(row.Id, bytes);
            // So that segments empty, and are written over.
            foreach (var id in held.Keys.Where(_ => random.Next(3) == 0).ToList())
            {
                await _kept.DropAsync(id);
                held.Remove(id);
            }
        }
    }

    public void Dispose() => _kept.Dispose();

    private static void Tear(string file, string before, Random random)
    {
        const int page = 4096;
        var (now, was) = (File.ReadAllBytes(file), File.Exists(before) ? File.ReadAllBytes(before) : []);
        for (var at = 0; at < now.Length; at += page)
        {
            if (random.Next(2) == 0) continue;
            var piece = now.AsSpan(at, Math.Min(page, now.Length - at));
            piece.Clear();
            if (at < was.Length) was.AsSpan(at, Math.Min(piece.Length, was.Length - at)).CopyTo(piece);
        }
        File.WriteAllBytes(file, now);
    }

    /// <summary>Records whose reader passes by here in the midst of the transaction.</summary>
    private sealed class Watched(IReadOnlyList<Record> inner, int at, Action reached) : IReadOnlyList<Record>
    {
        public int Count => inner.Count;

        public Record this[int index]
        {
            get
            {
                if (index == at) reached();
                return inner[index];
            }
        }

        public IEnumerator<Record> GetEnumerator() => inner.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
