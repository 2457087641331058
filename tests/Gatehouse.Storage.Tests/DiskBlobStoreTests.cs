using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

public sealed class DiskBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Spool _spool;
    private readonly DiskBlobStore _blobs;
    private readonly byte[] _bytes = new byte[700_000];

    public DiskBlobStoreTests()
    {
        _spool = new Spool(_folder.File("spool"));
        _spool.SweepLeftovers();
        _blobs = Open();
        new Random(1).NextBytes(_bytes);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(700_000)]
    public async Task A_received_file_becomes_a_blob_stays_readable_and_outlives_its_disposal(int length)
    {
        var id = UploadId.New();
        using (var file = Received(length))
        {
            await _blobs.PutAsync(id, file, CancellationToken.None);
            Assert.Equal(_bytes[..length], Saves.Whole(file));
            Assert.Empty(Directory.EnumerateFiles(_folder.File("spool")));
        }
        Assert.Equal(length, _blobs.StoredBytes);
        using var opened = await _blobs.OpenAsync(id, CancellationToken.None);
        Assert.Equal(_bytes[..length], Saves.Whole(opened!));
    }

    [Fact]
    public async Task Bytes_from_elsewhere_are_copied()
    {
        var (first, second) = (UploadId.New(), UploadId.New());
        using (var file = Received(600_000)) await _blobs.PutAsync(first, file, CancellationToken.None);
        using var opened = await _blobs.OpenAsync(first, CancellationToken.None);
        await _blobs.PutAsync(second, opened!, CancellationToken.None);
        using var copy = await _blobs.OpenAsync(second, CancellationToken.None);
        Assert.Equal(_bytes[..600_000], Saves.Whole(copy!));
        Assert.Equal(1_200_000, _blobs.StoredBytes);
    }

    [Fact]
    public async Task The_bytes_held_are_counted_the_spools_too_and_counted_again_at_start()
    {
        var id = UploadId.New();
        using (var file = Received(700_000))
        {
            file.Seal();
            Assert.Equal(700_000, _blobs.StoredBytes);
            await _blobs.PutAsync(id, file, CancellationToken.None);
        }
        Assert.Equal(700_000, _blobs.StoredBytes);
        Assert.Equal(700_000, Open().StoredBytes);
        await _blobs.DeleteAsync(id, CancellationToken.None);
        await _blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Equal(0, _blobs.StoredBytes);
        Assert.Null(await _blobs.OpenAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task A_reader_is_not_disturbed_by_the_deletion()
    {
        var id = UploadId.New();
        using (var file = Received(700_000)) await _blobs.PutAsync(id, file, CancellationToken.None);
        using var opened = await _blobs.OpenAsync(id, CancellationToken.None);
        await _blobs.DeleteAsync(id, CancellationToken.None);
        Assert.Equal(_bytes, Saves.Whole(opened!));
    }

    [Fact]
    public async Task Blobs_written_before_a_time_are_listed()
    {
        var id = UploadId.New();
        using (var file = Received(10)) await _blobs.PutAsync(id, file, CancellationToken.None);
        Assert.Equal([id], await ListAsync(DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Empty(await ListAsync(DateTimeOffset.UtcNow.AddMinutes(-1)));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<List<UploadId>> ListAsync(DateTimeOffset before)
    {
        var ids = new List<UploadId>();
        await foreach (var id in _blobs.ListAsync(before, CancellationToken.None)) ids.Add(id);
        return ids;
    }

    private ReceivedFile Received(int length)
    {
        var file = _spool.Begin();
        file.Append(_bytes.AsSpan(0, length));
        return file;
    }

    private DiskBlobStore Open() => new(_folder.File("blobs"), _spool);
}
