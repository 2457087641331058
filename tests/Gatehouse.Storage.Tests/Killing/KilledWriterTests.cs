using System.Globalization;
using Gatehouse.Storage.Sqlite;
using Gatehouse.Storage.Tests.Segments;
using Xunit.Abstractions;

namespace Gatehouse.Storage.Tests.Killing;

/// <summary>
/// Kill -9 in the midst of appends, flushes, commits and compactions, over one folder and many rounds. <c>GATEHOUSE_KILL_ROUNDS</c> and <c>GATEHOUSE_KILL_SEED</c> make it
/// longer or take other moments.
/// </summary>
public sealed class KilledWriterTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = Setting("GATEHOUSE_KILL_ROUNDS", 12);
    private static readonly int Seed = Setting("GATEHOUSE_KILL_SEED", 20_261_125);
    private readonly TemporaryFolder _folder = new();
    private readonly Heard _heard = new();

    [Fact]
    public async Task However_often_the_writer_is_killed_every_kept_file_is_there_byte_for_byte()
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GATEHOUSE_KILL_SEED={Seed} GATEHOUSE_KILL_ROUNDS={Rounds}"));
        var random = new Random(Seed);
        var (compacting, keeping) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await KillAtAsync(round % 2 == 0 ? "compacting" : "keeping", random.Next(1, 25), random.Next());
            if (_heard.Compacting) compacting++;
            if (_heard.Keeping) keeping++;
            using var store = SqliteStore.Open(_folder.File("gatehouse.db"), TimeProvider.System, SegmentStore.Options);
            await _heard.FoundAsync(store, store);
            await CompactedAsync(store);
            await _heard.FoundAsync(store, store);
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed in a compaction {compacting}, with a file on its way {keeping}"));
        Assert.True(compacting > 0 && keeping > 0, $"No kill came in: {compacting} in a compaction, {keeping} with a file on its way.");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The kill goes out when the step is announced, and strikes while it is taken.</summary>
    private async Task KillAtAsync(string step, int after, int seed)
    {
        using var writer = Child.Start(BusyWriter.Word, _folder.Path, seed.ToString(CultureInfo.InvariantCulture));
        var seen = 0;
        while (await writer.LineAsync() is { } line)
        {
            _heard.Line(line);
            if (line.StartsWith(step, StringComparison.Ordinal) && ++seen == after) writer.Kill();
        }
        Assert.True(seen >= after, $"The writer ended by itself: {(await writer.EndAsync()).Errors}");
    }

    /// <summary>What the kill left as garbage is no more than what a running store would have.</summary>
    private async Task CompactedAsync(SqliteStore store)
    {
        await store.SweepRowsAsync(DateTimeOffset.MinValue, 10, CancellationToken.None);
        await store.HastenAsync("contact", CancellationToken.None);
        var onDisk = Directory.EnumerateFiles(_folder.File("segments")).Sum(file => new FileInfo(file).Length);
        Assert.InRange(onDisk, 0, (2 * _heard.LiveBytes) + SegmentStore.Options.SpareBytes + (3 * SegmentStore.Options.SegmentBytes));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
