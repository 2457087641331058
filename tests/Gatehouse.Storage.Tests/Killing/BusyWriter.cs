using System.Buffers;
using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Tests.Segments;

namespace Gatehouse.Storage.Tests.Killing;

/// <summary>
/// Keeps files, drops most of them and compacts, without end, and says on standard output what it is about to do and what has been answered: a line is out before the next step is taken.
/// </summary>
internal sealed class BusyWriter(SqliteStore store, Random random) : IDisposable
{
    public const string Word = "busy-writer";

    private readonly Lock _gate = new();
    private readonly List<UploadId> _kept = [];

    public static async Task<int> RunAsync(string folder, int seed)
    {
        using var writer = new BusyWriter(SqliteStore.Open(Path.Combine(folder, "gatehouse.db"), TimeProvider.System, SegmentStore.Options), new Random(seed));
        writer.Say("opened");
        while (true) await writer.TurnAsync();
    }

    public void Dispose() => store.Dispose();

    private async Task TurnAsync()
    {
        var files = Enumerable.Range(0, random.Next(2, 9)).Select(_ => (Seed: random.Next(), Length: random.Next(1, 30_000))).ToList();
        await Task.WhenAll(files.Select(file => KeepAsync(file.Seed, file.Length)));
        var gone = _kept.Where(_ => random.Next(10) < 7).ToList();
        await Task.WhenAll(gone.Select(DropAsync));
        _kept.RemoveAll(gone.Contains);
        Say("compacting");
        await store.SweepRowsAsync(DateTimeOffset.MinValue, 10, CancellationToken.None);
        Say("compacted");
    }

    private async Task KeepAsync(int seed, int length)
    {
        var row = Saves.Row(size: length);
        Say(string.Create(CultureInfo.InvariantCulture, $"keeping {row.Id} {seed} {length}"));
        await SaveAsync(SegmentStore.Bytes(seed, length), new UploadAdded(row), new FileKept(row.Id));
        Say($"kept {row.Id}");
        lock (_gate) _kept.Add(row.Id);
    }

    private async Task DropAsync(UploadId id)
    {
        Say($"dropping {id}");
        await SaveAsync([], Saves.Moved(id, UploadStatus.Delivered, Saves.Created), new FileDropped(id, 1));
        Say($"dropped {id}");
    }

    private async Task SaveAsync(byte[] bytes, params Record[] records) =>
        await store.SaveAsync(Saves.Of(Guid.NewGuid().ToString(), 0, records) with { SmallFile = new ReadOnlySequence<byte>(bytes) }, CancellationToken.None);

    private void Say(string line)
    {
        lock (_gate)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
