using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

/// <summary>A deleted blob's file is written over by a later upload: nobody may ever read the one for the other.</summary>
public sealed class SpareFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Spool _spool;
    private readonly DiskBlobStore _blobs;

    public SpareFileTests()
    {
        _spool = new Spool(_folder.File("spool"), _folder.File("spare"), spareBytes: 3_000_000);
        _spool.SweepLeftovers();
        _blobs = new DiskBlobStore(_folder.File("blobs"), _spool);
    }

    [Fact]
    public async Task A_deleted_blobs_file_is_the_next_uploads()
    {
        await _blobs.DeleteAsync(await PutAsync(seed: 1, 700_000), CancellationToken.None);
        var spare = Assert.Single(Spares());
        using (var file = Received(seed: 2, 900_000))
        {
            Assert.Empty(Spares());
            Assert.Single(Spooled());
        }
        Assert.Empty(Spooled());
        Assert.False(File.Exists(spare));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(700_000)]
    [InlineData(1_200_000)]
    public async Task A_file_in_a_spare_one_is_itself_whatever_lay_there(int length)
    {
        await _blobs.DeleteAsync(await PutAsync(seed: 1, 700_000), CancellationToken.None);
        var id = await PutAsync(seed: 2, length);
        Assert.Equal(length, _blobs.StoredBytes);
        Assert.Equal(Bytes(2, length), await ReadAsync(_blobs, id));
        using var again = new DiskBlobStore(_folder.File("blobs"), new Spool(_folder.File("other")));
        Assert.Equal(length, again.StoredBytes);
        Assert.Equal(Bytes(2, length), await ReadAsync(again, id));
    }

    [Fact]
    public async Task A_file_that_is_still_read_is_not_written_over()
    {
        var id = UploadId.New();
        using var received = Received(seed: 1, 700_000);
        await _blobs.PutAsync(id, received, CancellationToken.None);
        var reader = await _blobs.OpenAsync(id, CancellationToken.None);
        await _blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Null(await _blobs.OpenAsync(id, CancellationToken.None));

        var second = await PutAsync(seed: 2, 700_000);
        Assert.Equal(Bytes(1, 700_000), Saves.Whole(reader!));
        reader!.Dispose();
        var third = await PutAsync(seed: 3, 700_000);
        Assert.Equal(Bytes(1, 700_000), Saves.Whole(received));
        Assert.Equal(Bytes(2, 700_000), await ReadAsync(_blobs, second));
        Assert.Equal(Bytes(3, 700_000), await ReadAsync(_blobs, third));
        Assert.Throws<ObjectDisposedException>(() => reader.ReadAt(0, new byte[1]));
    }

    [Fact]
    public async Task Spare_files_are_kept_to_their_limit_and_the_rest_is_deleted()
    {
        var ids = new List<UploadId>();
        for (var i = 0; i < 6; i++) ids.Add(await PutAsync(i, 700_000));
        foreach (var id in ids) await _blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Equal(4, Spares().Length);
        Assert.Empty(Directory.EnumerateFiles(_folder.File("blobs")));
        Assert.Equal(0, _blobs.StoredBytes);
    }

    [Fact]
    public async Task A_start_removes_them()
    {
        await _blobs.DeleteAsync(await PutAsync(seed: 1, 700_000), CancellationToken.None);
        Assert.Equal(1, new Spool(_folder.File("spool"), _folder.File("spare")).SweepLeftovers());
        Assert.Empty(Spares());
    }

    [Fact]
    public async Task A_spool_that_keeps_none_removes_those_that_lie_there_and_deletes_from_then_on()
    {
        await _blobs.DeleteAsync(await PutAsync(seed: 1, 700_000), CancellationToken.None);
        var other = new Spool(_folder.File("spool"), _folder.File("spare"), spareBytes: 0);
        other.SweepLeftovers();
        Assert.Empty(Spares());
        using var blobs = new DiskBlobStore(_folder.File("blobs"), other);
        var id = UploadId.New();
        using (var file = other.Begin())
        {
            file.Append(Bytes(2, 700_000));
            await blobs.PutAsync(id, file, CancellationToken.None);
        }
        await blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Empty(Spares());
        Assert.Empty(Directory.EnumerateFiles(_folder.File("blobs")));
    }

    [Fact]
    public async Task A_spare_file_that_was_taken_away_is_no_obstacle()
    {
        await _blobs.DeleteAsync(await PutAsync(seed: 1, 700_000), CancellationToken.None);
        File.Delete(Assert.Single(Spares()));
        Assert.Equal(Bytes(2, 700_000), await ReadAsync(_blobs, await PutAsync(seed: 2, 700_000)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whoever_reads_reads_his_own_file_however_uploads_readers_and_deletions_come(int seed)
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => UploadAsync(new Random((seed * 100) + worker)))));
        Assert.Equal(0, _blobs.StoredBytes);
        Assert.Empty(Spooled());
        Assert.Empty(Directory.EnumerateFiles(_folder.File("blobs")));
    }

    public void Dispose()
    {
        _blobs.Dispose();
        _folder.Dispose();
    }

    private async Task UploadAsync(Random random)
    {
        for (var i = 0; i < 15; i++)
        {
            var (seed, length) = (random.Next(), random.Next(1, 900_000));
            var id = UploadId.New();
            using var received = Received(seed, length);
            if (random.Next(4) == 0) continue;
            await _blobs.PutAsync(id, received, CancellationToken.None);
            using var reader = random.Next(2) == 0 ? await _blobs.OpenAsync(id, CancellationToken.None) : null;
            if (random.Next(2) == 0) received.Dispose();
            await _blobs.DeleteAsync(id, CancellationToken.None);
            if (reader is not null) Assert.Equal(Bytes(seed, length), Saves.Whole(reader));
        }
    }

    private async Task<UploadId> PutAsync(int seed, int length)
    {
        var id = UploadId.New();
        using var file = Received(seed, length);
        await _blobs.PutAsync(id, file, CancellationToken.None);
        return id;
    }

    private ReceivedFile Received(int seed, int length)
    {
        var file = _spool.Begin();
        file.Append(Bytes(seed, length));
        return file;
    }

    private string[] Spares() => Directory.GetFiles(_folder.File("spare"));

    private string[] Spooled() => Directory.GetFiles(_folder.File("spool"));

    private static async Task<byte[]> ReadAsync(DiskBlobStore blobs, UploadId id)
    {
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        return Saves.Whole(opened!);
    }

    private static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
