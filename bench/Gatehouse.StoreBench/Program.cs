// CPU, statements and latency of the store for one upload: a knock (reads), an admission with its claim, a completion; N callers at once.
using System.Diagnostics;
using Gatehouse.Actors.Engine;
using Gatehouse.StoreBench;

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Help);
    return 2;
}
using var stores = new BenchStores(options);
var engine = new StoredEngine<byte[], BenchCommand, bool>(new BenchActor(), stores.Store, [], TimeProvider.System, new StoredEngineOptions { SoleOwner = !options.Postgres });
var uploads = new UploadLoop(options, stores, engine);
await uploads.RunAsync(Math.Min(3, options.Seconds));
stores.Store.Reset();
var (statements, wal) = (stores.Server?.Statements(), stores.Server?.Wal());
var cpu = Process.GetCurrentProcess().TotalProcessorTime;
var watch = Stopwatch.StartNew();
var done = await uploads.RunAsync(options.Seconds);
var elapsed = watch.Elapsed;
var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
Console.WriteLine(
    $"{options.Bytes} bytes, {options.Callers} callers, {options.Contacts} contacts: {done / elapsed.TotalSeconds:0} uploads/s, {used.TotalMilliseconds / done:0.000} ms CPU an upload, "
    + $"save {stores.Store.SaveMilliseconds(0.5):0.00} ms median, {stores.Store.SaveMilliseconds(0.99):0.00} ms p99, {(stores.Store.Loads + stores.Store.Saves) / (double)done:0.00} loads and saves an upload"
    + (statements is { } before ? $", {(stores.Server!.Statements() - before) / (double)done:0.00} statements an upload" : "")
    + (wal is { } from ? $", {(stores.Server!.Wal() - from) / 1024.0 / done:0.0} KB of log an upload" : stores.Commits)
    + $", peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
return 0;
