using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Tests.Segments;

namespace Gatehouse.Storage.Tests.Killing;

/// <summary>Saves while the kernel lets no file grow, and again when it does. Ends with 0 when what was answered is what is there.</summary>
internal static partial class FullDiskWriter
{
    public const string Word = "full-disk-writer";

    private const int FileSize = 1;

    public static async Task<int> RunAsync(string folder)
    {
        var database = Path.Combine(folder, "gatehouse.db");
        using var store = SqliteStore.Open(database, TimeProvider.System, SegmentStore.Options);
        var kept = new List<(UploadId Id, byte[] Bytes)>();
        var failed = new List<UploadId>();
        await KeepAsync(store, 20, kept, failed);
        // Segments are shorter than the log is by now: it is a COMMIT that cannot be written.
        LimitFiles((ulong)Math.Max(new FileInfo(database + "-wal").Length, 2 * SegmentStore.Options.SegmentBytes) + 50_000);
        for (var round = 0; round < 10; round++) await KeepAsync(store, 20, kept, failed);
        var whileFull = failed.Count;
        await CheckAsync(store, kept, failed);
        LimitFiles(ulong.MaxValue);
        await KeepAsync(store, 40, kept, failed);
        await CheckAsync(store, kept, failed);
        if (whileFull == 0) throw new InvalidOperationException("No save failed.");
        if (failed.Count > whileFull) throw new InvalidOperationException("A save failed after there was room again.");
        foreach (var (id, bytes) in kept) Console.WriteLine($"kept {id} {Convert.ToHexString(SHA256.HashData(bytes))}");
        foreach (var id in failed) Console.WriteLine($"failed {id}");
        return 0;
    }

    /// <summary>By the next process, what this one said on standard output.</summary>
    public static async Task CheckAsync(string folder, IEnumerable<string[]> said)
    {
        using var store = SqliteStore.Open(Path.Combine(folder, "gatehouse.db"), TimeProvider.System, SegmentStore.Options);
        foreach (var words in said)
        {
            Assert.True(UploadId.TryParse(words[1], out var id));
            var found = await ((ISmallFiles)store).ReadAsync(id);
            Assert.Equal(words.ElementAtOrDefault(2), found is null ? null : Convert.ToHexString(SHA256.HashData(found)));
            Assert.Equal(found is null, await store.FindAsync(id, CancellationToken.None) is null);
        }
    }

    private static async Task KeepAsync(SqliteStore store, int count, List<(UploadId Id, byte[] Bytes)> kept, List<UploadId> failed)
    {
        var saves = Enumerable.Range(0, count).Select(i =>
        {
            var (row, bytes) = (Saves.Row(), SegmentStore.Bytes(kept.Count + i, 2000));
            var save = Saves.Of(Guid.NewGuid().ToString(), 0, new UploadAdded(row), new FileKept(row.Id)) with { SmallFile = new ReadOnlySequence<byte>(bytes) };
            return (row.Id, Bytes: bytes, Task: store.SaveAsync(save, CancellationToken.None).AsTask());
        }).ToList();
        foreach (var save in saves)
        {
            try
            {
                await save.Task;
                kept.Add((save.Id, save.Bytes));
            }
            catch (Exception e) when (e is StoreFailedException or IOException)
            {
                failed.Add(save.Id);
            }
        }
    }

    private static async Task CheckAsync(SqliteStore store, List<(UploadId Id, byte[] Bytes)> kept, List<UploadId> failed)
    {
        foreach (var (id, bytes) in kept)
        {
            if (await ((ISmallFiles)store).ReadAsync(id) is not { } found || !bytes.AsSpan().SequenceEqual(found)) throw new InvalidOperationException($"{id} was kept and is not there.");
        }
        foreach (var id in failed)
        {
            if (await store.FindAsync(id, CancellationToken.None) is not null) throw new InvalidOperationException($"{id} failed and is there.");
        }
    }

    private static void LimitFiles(ulong bytes)
    {
        var limit = new Limit { Soft = bytes, Hard = ulong.MaxValue };
        if (SetLimit(FileSize, limit) != 0) throw new InvalidOperationException($"setrlimit failed: {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
