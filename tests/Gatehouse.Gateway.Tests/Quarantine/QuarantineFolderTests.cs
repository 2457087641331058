using System.Buffers;
using Gatehouse.Actors;
using Gatehouse.Gateway.Quarantine;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Tests.Quarantine;

public sealed class QuarantineFolderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.File("quarantine");

    [Fact]
    public void A_file_is_kept_under_its_upload_s_id_with_what_is_known_of_it_and_nobody_but_the_owner_reads_it()
    {
        using var quarantine = Open(1000);
        var id = UploadId.New();
        Assert.Equal(0, Keep(quarantine, id, 300, 0));
        Assert.Equal(300, new FileInfo(Path.Combine(Folder, $"{id}.bin")).Length);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(Folder, $"{id}.json")));
        Assert.Equal(302, quarantine.TotalBytes);
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(Folder, "*.*n")) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void For_want_of_room_the_oldest_go_and_one_that_is_too_large_alone_is_not_kept()
    {
        using var quarantine = Open(1000);
        List<UploadId> ids = [.. Enumerable.Range(0, 4).Select(_ => UploadId.New())];
        for (var i = 0; i < 3; i++) Assert.Equal(0, Keep(quarantine, ids[i], 300, i));
        Assert.Equal(2, Keep(quarantine, ids[3], 600, 3));
        Assert.Equal((HashSet<UploadId>)[ids[2], ids[3]], Ids());
        Assert.Equal(904, quarantine.TotalBytes);
        Assert.Equal(-1, Keep(quarantine, UploadId.New(), 999, 4));
        Assert.Equal((HashSet<UploadId>)[ids[2], ids[3]], Ids());
    }

    [Fact]
    public void What_is_too_old_goes()
    {
        using var quarantine = Open(1000);
        List<UploadId> ids = [.. Enumerable.Range(0, 3).Select(_ => UploadId.New())];
        for (var i = 0; i < 3; i++) Keep(quarantine, ids[i], 10, i);
        Assert.Equal(2, quarantine.DeleteBefore(Noon.AddHours(2)));
        Assert.Equal((HashSet<UploadId>)[ids[2]], Ids());
        Assert.Equal(12, quarantine.TotalBytes);
    }

    [Fact]
    public void A_start_counts_what_is_there_removes_halves_and_leaves_other_files_alone()
    {
        var (whole, half) = (UploadId.New(), UploadId.New());
        using (var before = Open(1000))
        {
            Keep(before, whole, 100, 0);
            Keep(before, half, 100, 1);
        }
        File.Delete(Path.Combine(Folder, $"{half}.json"));
        File.WriteAllText(Path.Combine(Folder, "notes.json"), "mine");
        using (var after = Open(1000))
        {
            Assert.Equal(102, after.TotalBytes);
            Assert.Equal((HashSet<UploadId>)[whole], Ids());
        }
        Assert.False(File.Exists(Path.Combine(Folder, $"{half}.bin")));
        Assert.True(File.Exists(Path.Combine(Folder, "notes.json")));
        using var smaller = Open(50);
        Assert.Empty(Ids());
    }

    [Fact]
    public void What_could_not_be_written_leaves_nothing()
    {
        using var quarantine = Open(1_000_000);
        using var file = new UnreadableFile();
        Assert.Throws<IOException>(() => quarantine.Keep(UploadId.New(), file, "{}"u8, Noon));
        Assert.Equal(0, quarantine.TotalBytes);
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.bin"));
    }

    public void Dispose() => _folder.Dispose();

    private QuarantineFolder Open(long maxBytes) => new(OwnedFolder.Open("Quarantine:Directory", Folder), maxBytes);

    private int Keep(QuarantineFolder quarantine, UploadId id, int size, int hour)
    {
        using var file = new Spool(_folder.Path).Begin();
        file.Append(new byte[size]);
        return quarantine.Keep(id, file, "{}"u8, Noon.AddHours(hour));
    }

    private HashSet<UploadId> Ids() => [.. Directory.EnumerateFiles(Folder, "*.bin").Select(path => UploadId.TryParse(Path.GetFileNameWithoutExtension(path), out var id) ? id : default)];

    private sealed class UnreadableFile : FileBytes
    {
        public override long Length => 200_000;

        public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
        {
            memory = default;
            return false;
        }

        public override int ReadAt(long offset, Span<byte> into) => offset == 0 ? 1000 : throw new IOException("gone");

        protected override void Dispose(bool disposing)
        {
        }
    }
}
