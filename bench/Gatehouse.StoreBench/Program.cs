// CPU of the store for one upload: a knock (reads), an admission with its claim, a completion; N callers at once.
//   dotnet run -c Release --project bench/Gatehouse.StoreBench -- [bytes=10240] [callers=16] [seconds=5] [contacts=4000] [folder]
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Actors.Engine;
using Gatehouse.Storage;
using Gatehouse.Storage.Sqlite;
using Gatehouse.StoreBench;

var size = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_240;
var callers = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 16;
var seconds = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 5;
var contacts = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 4000;
var root = args.Length > 4 ? args[4] : Path.Combine(Path.GetTempPath(), $"gatehouse-bench-{Environment.ProcessId}");
using var folder = DataFolder.Open(root);
using var store = SqliteStore.Open(folder.DatabasePath, TimeProvider.System);
var spool = new Spool(folder.SpoolPath, folder.SparePath);
spool.SweepLeftovers();
var blobs = new DiskBlobStore(folder.BlobsPath, spool);
var engine = new StoredEngine<byte[], BenchCommand, bool>(new BenchActor(), store, [], TimeProvider.System, new StoredEngineOptions());
var bytes = RandomNumberGenerator.GetBytes(size);
var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
await Run(1);
var cpu = Process.GetCurrentProcess().TotalProcessorTime;
var watch = Stopwatch.StartNew();
var done = await Run(seconds);
var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
Console.WriteLine($"{size} bytes, {callers} callers: {done / watch.Elapsed.TotalSeconds:0} uploads/s, {used.TotalMilliseconds / done:0.000} ms CPU an upload, {store.Commits} commits for {store.Saves} saves, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
Directory.Delete(root, recursive: true);

async Task<int> Run(double forSeconds)
{
    var until = Stopwatch.GetTimestamp() + (long)(forSeconds * Stopwatch.Frequency);
    var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Caller(new Random(caller), until))));
    return counts.Sum();
}

async Task<int> Caller(Random random, long until)
{
    var count = 0;
    for (; Stopwatch.GetTimestamp() < until; count++)
    {
        var contact = $"contact-{random.Next(contacts):x8}-0000-0000-0000-000000000000";
        var small = size <= Spool.MemoryLimit;
        var row = new UploadRow
        {
            Id = UploadId.New(),
            ContactId = contact,
            Filename = "photo.png",
            OriginalFilename = "photo.png",
            Mime = "image/png",
            Size = size,
            Sha256 = sha256,
            Route = "contact-attachments",
            CreatedAt = DateTimeOffset.UtcNow,
            Sequence = count,
            Caller = "bench",
        };
        await engine.AskAsync(contact, new BenchCommand(row, Complete: false, small, Read: true));
        using var file = spool.Begin();
        file.Append(bytes);
        file.TryGetMemory(out var memory);
        if (!small) await blobs.PutAsync(row.Id, file, CancellationToken.None);
        await engine.AskAsync(contact, new BenchCommand(row, Complete: false, small, Read: false), small ? memory : default);
        await engine.AskAsync(contact, new BenchCommand(row, Complete: true, small, Read: false));
        if (!small) await blobs.DeleteAsync(row.Id, CancellationToken.None);
    }
    return count;
}
