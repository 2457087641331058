using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

public sealed class DiskBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Spool spool;
    private readonly DiskBlobStore blobs;
    private readonly byte[] bytes = new byte[700_000];

    public DiskBlobStoreTests()
    {
        spool = new Spool(folder.File("spool"));
        spool.SweepLeftovers();
        blobs = Open();
        new Random(1).NextBytes(bytes);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(700_000)]
    public async Task A_received_file_becomes_a_blob_stays_readable_and_outlives_its_disposal(int length)
    {
        var id = UploadId.New();
        using (var file = Received(length))
        {
            await blobs.PutAsync(id, file, CancellationToken.None);
            Assert.Equal(bytes[..length], Whole(file));
            Assert.Empty(Directory.EnumerateFiles(folder.File("spool")));
        }
        Assert.Equal(length, blobs.StoredBytes);
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        Assert.Equal(bytes[..length], Whole(opened!));
    }

    [Fact]
    public async Task Bytes_from_elsewhere_are_copied()
    {
        var (first, second) = (UploadId.New(), UploadId.New());
        using (var file = Received(600_000)) await blobs.PutAsync(first, file, CancellationToken.None);
        using var opened = await blobs.OpenAsync(first, CancellationToken.None);
        await blobs.PutAsync(second, opened!, CancellationToken.None);
        using var copy = await blobs.OpenAsync(second, CancellationToken.None);
        Assert.Equal(bytes[..600_000], Whole(copy!));
        Assert.Equal(1_200_000, blobs.StoredBytes);
    }

    [Fact]
    public async Task The_bytes_held_are_counted_the_spools_too_and_counted_again_at_start()
    {
        var id = UploadId.New();
        using (var file = Received(700_000))
        {
            file.Seal();
            Assert.Equal(700_000, blobs.StoredBytes);
            await blobs.PutAsync(id, file, CancellationToken.None);
        }
        Assert.Equal(700_000, blobs.StoredBytes);
        Assert.Equal(700_000, Open().StoredBytes);
        await blobs.DeleteAsync(id, CancellationToken.None);
        await blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Equal(0, blobs.StoredBytes);
        Assert.Null(await blobs.OpenAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task A_reader_is_not_disturbed_by_the_deletion()
    {
        var id = UploadId.New();
        using (var file = Received(700_000)) await blobs.PutAsync(id, file, CancellationToken.None);
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        await blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Equal(bytes, Whole(opened!));
    }

    [Fact]
    public async Task Blobs_written_before_a_time_are_listed()
    {
        var id = UploadId.New();
        using (var file = Received(10)) await blobs.PutAsync(id, file, CancellationToken.None);
        Assert.Equal([id], await ListAsync(DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Empty(await ListAsync(DateTimeOffset.UtcNow.AddMinutes(-1)));
    }

    public void Dispose() => folder.Dispose();

    private async Task<List<UploadId>> ListAsync(DateTimeOffset before)
    {
        var ids = new List<UploadId>();
        await foreach (var id in blobs.ListAsync(before, CancellationToken.None)) ids.Add(id);
        return ids;
    }

    private ReceivedFile Received(int length)
    {
        var file = spool.Begin();
        file.Append(bytes.AsSpan(0, length));
        return file;
    }

    private DiskBlobStore Open() => new(folder.File("blobs"), spool);

    private static byte[] Whole(FileBytes file)
    {
        var whole = new byte[file.Length];
        var read = 0;
        while (file.ReadAt(read, whole.AsSpan(read)) is > 0 and var count) read += count;
        Assert.Equal(whole.Length, read);
        return whole;
    }
}
