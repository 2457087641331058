using Gatehouse.Actors;

namespace Gatehouse.Storage.Tests;

/// <summary>What every store of blobs keeps to.</summary>
public abstract class BlobStoreContract : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _bytes = new byte[700_000];

    protected BlobStoreContract()
    {
        Spool = new Spool(_folder.File("spool"));
        Spool.SweepLeftovers();
        new Random(1).NextBytes(_bytes);
    }

    private protected Spool Spool { get; }

    private protected string Folder => _folder.File("blobs");

    /// <summary>Opened anew on the same bytes.</summary>
    private protected abstract IBlobStore Open();

    [ContractTheory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(262_144)]
    [InlineData(700_000)]
    public async Task A_received_file_becomes_a_blob_stays_readable_and_outlives_its_disposal(int length)
    {
        var blobs = Open();
        var id = UploadId.New();
        using (var file = Received(length))
        {
            await blobs.PutAsync(id, file, CancellationToken.None);
            Assert.Equal(_bytes[..length], Saves.Whole(file));
        }
        Assert.Equal(length, blobs.StoredBytes);
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        Assert.Equal(_bytes[..length], Saves.Whole(opened!));
    }

    [ContractFact]
    public async Task It_is_read_at_any_offset_waiting_or_not()
    {
        var blobs = Open();
        var id = UploadId.New();
        using (var file = Received(700_000)) await blobs.PutAsync(id, file, CancellationToken.None);
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        Assert.Equal(700_000, opened!.Length);
        var random = new Random(2);
        var into = new byte[300_000];
        foreach (var offset in (long[])[0, 1, 131_071, 131_072, 262_144, 699_999, 700_000, 800_000, .. Enumerable.Range(0, 20).Select(_ => random.NextInt64(700_000))])
        {
            var count = random.Next(1, into.Length);
            var expected = _bytes.AsMemory((int)Math.Min(offset, 700_000), (int)Math.Clamp(700_000 - offset, 0, count));
            Assert.Equal(expected.Length, await opened.ReadAtAsync(offset, into.AsMemory(0, count), CancellationToken.None));
            Assert.Equal(expected, into.AsMemory(0, expected.Length));
            Assert.Equal(expected.Length, opened.ReadAt(offset, into.AsSpan(0, count)));
            Assert.Equal(expected, into.AsMemory(0, expected.Length));
        }
    }

    [ContractFact]
    public async Task Bytes_from_elsewhere_are_copied()
    {
        var blobs = Open();
        var (first, second) = (UploadId.New(), UploadId.New());
        using (var file = Received(600_000)) await blobs.PutAsync(first, file, CancellationToken.None);
        using var opened = await blobs.OpenAsync(first, CancellationToken.None);
        await blobs.PutAsync(second, opened!, CancellationToken.None);
        using var copy = await blobs.OpenAsync(second, CancellationToken.None);
        Assert.Equal(_bytes[..600_000], Saves.Whole(copy!));
    }

    [ContractFact]
    public async Task A_second_put_takes_the_place_of_the_first()
    {
        var blobs = Open();
        var id = UploadId.New();
        foreach (var length in (int[])[700_000, 300_000])
        {
            using var file = Received(length);
            await blobs.PutAsync(id, file, CancellationToken.None);
        }
        using var opened = await blobs.OpenAsync(id, CancellationToken.None);
        Assert.Equal(_bytes[..300_000], Saves.Whole(opened!));
        Assert.Equal(300_000, Open().StoredBytes);
    }

    [ContractFact]
    public async Task The_bytes_held_are_counted_the_spools_too_and_counted_again_at_start()
    {
        var blobs = Open();
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

    [ContractFact]
    public async Task Blobs_written_before_a_time_are_listed()
    {
        var blobs = Open();
        var id = UploadId.New();
        using (var file = Received(10)) await blobs.PutAsync(id, file, CancellationToken.None);
        Assert.Equal([id], await ListAsync(blobs, DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Empty(await ListAsync(blobs, DateTimeOffset.UtcNow.AddMinutes(-1)));
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _folder.Dispose();

    private protected ReceivedFile Received(int length)
    {
        var file = Spool.Begin();
        file.Append(_bytes.AsSpan(0, length));
        return file;
    }

    private protected static async Task<List<UploadId>> ListAsync(IBlobStore blobs, DateTimeOffset before)
    {
        var ids = new List<UploadId>();
        await foreach (var id in blobs.ListAsync(before, CancellationToken.None)) ids.Add(id);
        return ids;
    }
}
