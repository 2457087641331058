using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace Gatehouse.Storage.Tests;

public sealed class ReceivedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Spool _spool;

    public ReceivedFileTests() => _spool = new Spool(_folder.Path);

    [Fact]
    public void A_file_to_256_KB_stays_in_memory_and_a_longer_one_goes_to_disk()
    {
        using var file = _spool.Begin();
        file.Append(new byte[Spool.MemoryLimit]);
        Assert.True(file.TryGetMemory(out var memory));
        Assert.Equal(Spool.MemoryLimit, memory.Length);
        Assert.Empty(Left());
        file.Append([1]);
        Assert.False(file.TryGetMemory(out _));
        Assert.Single(Left());
    }

    [Fact]
    public void Any_sequence_of_pieces_reads_back_as_it_came_at_any_offset() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(0, 900_000)];
            random.NextBytes(bytes);
            using (var file = _spool.Begin())
            {
                for (var at = 0; at < bytes.Length;)
                {
                    var count = Math.Min(random.Next(1, random.Next(2) == 0 ? 5000 : 400_000), bytes.Length - at);
                    file.Append(bytes.AsSpan(at, count));
                    at += count;
                }
                Compare(file, bytes, random);
                file.Seal();
                Compare(file, bytes, random);
            }
            Assert.Empty(Left());
            Assert.Equal(0, _spool.Bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Disposing_leaves_nothing_whenever_it_comes_and_twice_is_once()
    {
        foreach (var length in (int[])[0, 1, Spool.MemoryLimit, Spool.MemoryLimit + 1, 900_000])
        {
            var file = _spool.Begin();
            file.Append(new byte[length]);
            file.Dispose();
            file.Dispose();
            Assert.Throws<ObjectDisposedException>(() => file.Append([1]));
            Assert.Throws<ObjectDisposedException>(() => file.ReadAt(0, new byte[1]));
        }
        Assert.Empty(Left());
        Assert.Equal(0, _spool.Bytes);
    }

    [Fact]
    public void A_spool_at_its_limit_refuses_with_its_own_exception_and_is_clean_afterwards()
    {
        var small = new Spool(_folder.Path, maxBytes: 600_000);
        using (var first = small.Begin())
        {
            first.Append(new byte[400_000]);
            first.Seal();
            using (var second = small.Begin()) Assert.Throws<SpoolFullException>(() => second.Append(new byte[900_000]));
            Assert.Equal(400_000, small.Bytes);
            Assert.Single(Left());
        }
        Assert.Empty(Left());
        Assert.Equal(0, small.Bytes);
    }

    /// <summary>The kernel's own answer for a full disk: every write to this device fails with ENOSPC.</summary>
    [Fact]
    public void A_full_disk_surfaces_as_the_spools_own_exception()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        Assert.Throws<SpoolFullException>(() => _spool.Write(full, [new byte[10]], 10, 0));
        Assert.Equal(0, _spool.Bytes);
    }

    [Fact]
    public void What_a_crash_left_is_removed_at_start_and_nothing_else()
    {
        File.WriteAllText(_folder.File("0123.part"), "half a file");
        File.WriteAllText(_folder.File("notes.txt"), "not ours");
        Assert.Equal(1, _spool.SweepLeftovers());
        Assert.Equal(["notes.txt"], Left());
    }

    [Fact]
    public void Sixty_four_uploads_of_5_MB_at_once_hold_16_MB_of_buffers()
    {
        var piece = new byte[4096];
        var files = Enumerable.Range(0, 64).Select(_ => _spool.Begin()).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 5 * 1024 * 1024 / piece.Length; i++)
        {
            foreach (var file in files) file.Append(piece);
        }
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var file in files) file.Dispose();
        Assert.InRange(held, 0, 20L << 20);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Left() => [.. Directory.EnumerateFiles(_folder.Path).Select(file => Path.GetFileName(file))];

    private static void Compare(ReceivedFile file, byte[] bytes, Random random)
    {
        Assert.Equal(bytes.Length, file.Length);
        if (file.TryGetMemory(out var memory)) Assert.Equal(bytes, memory.ToArray());
        var offset = random.Next(0, bytes.Length + 10);
        var into = new byte[random.Next(0, 700_000)];
        var read = file.ReadAt(offset, into);
        Assert.Equal(Math.Max(0, Math.Min(into.Length, bytes.Length - offset)), read);
        Assert.True(into.AsSpan(0, read).SequenceEqual(bytes.AsSpan(Math.Min(offset, bytes.Length), read)));
    }
}
