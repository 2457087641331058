using System.Diagnostics;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Storage;

namespace Gatehouse.StoreBench;

/// <summary>Callers that send one upload after the other, each to a contact by chance.</summary>
internal sealed class UploadLoop(BenchOptions options, BenchStores stores, IActors<BenchCommand, bool> contacts)
{
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(options.Bytes);
    private readonly string _sha256 = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>How many uploads were delivered.</summary>
    public async Task<int> RunAsync(double seconds)
    {
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var counts = await Task.WhenAll(Enumerable.Range(0, options.Callers).Select(caller => Task.Run(() => CallAsync(new Random(caller), until))));
        return counts.Sum();
    }

    private async Task<int> CallAsync(Random random, long until)
    {
        var count = 0;
        for (; Stopwatch.GetTimestamp() < until; count++) await UploadAsync($"contact-{random.Next(options.Contacts):x8}-0000-0000-0000-000000000000", count);
        return count;
    }

    private async Task UploadAsync(string contact, int sequence)
    {
        var small = options.Bytes <= Spool.MemoryLimit;
        var row = new UploadRow
        {
            Id = UploadId.New(),
            ContactId = contact,
            Filename = "photo.png",
            OriginalFilename = "photo.png",
            Mime = "image/png",
            Size = options.Bytes,
            Sha256 = _sha256,
            Route = "contact-attachments",
            CreatedAt = DateTimeOffset.UtcNow,
            Sequence = sequence,
            Caller = "bench",
        };
        await contacts.AskAsync(contact, new BenchCommand(row, Complete: false, small, Read: true));
        using var file = stores.Spool.Begin();
        file.Append(_bytes);
        file.TryGetMemory(out var memory);
        if (!small) await stores.Blobs.PutAsync(row.Id, file, CancellationToken.None);
        await contacts.AskAsync(contact, new BenchCommand(row, Complete: false, small, Read: false), small ? memory : default);
        await contacts.AskAsync(contact, new BenchCommand(row, Complete: true, small, Read: false));
        if (!small) await stores.Blobs.DeleteAsync(row.Id, CancellationToken.None);
    }
}
