using System.Globalization;
using System.Net;
using Gatehouse.Scenarios.Harness;
using Gatehouse.Scenarios.Killing;
using Xunit.Abstractions;

namespace Gatehouse.Scenarios;

/// <summary>
/// Kill -9 at seeded moments under load, over one data folder and many rounds: what was answered 200 or 202 arrives, in order, and repeats carry the same message id.
/// <c>GATEHOUSE_KILL_ROUNDS</c> and <c>GATEHOUSE_KILL_SEED</c> make it longer or repeat a history.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Rounds = Setting("GATEHOUSE_KILL_ROUNDS", 12);
    private static readonly int Seed = Setting("GATEHOUSE_KILL_SEED", 20_261_122);
    private readonly Tally _tally = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _replied = new(StringComparer.Ordinal);
    private SimulatorProcess _simulator = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync();
        _gateway = await GatewayProcess.StartAsync(_simulator.Url, ("Quotas:MaxFiles", "1000000"), ("Quotas:MaxBytes", "1000000000000"), ("Quotas:MaxAttempts", "1000000"), ("Logging:LogLevel:Default", "Warning"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task What_was_answered_for_arrives_in_order_however_often_the_gateway_is_killed()
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GATEHOUSE_KILL_SEED={Seed} GATEHOUSE_KILL_ROUNDS={Rounds}"));
        var random = new Random(Seed);
        List<Customer> customers = [.. Enumerable.Range(0, 6).Select(i => new Customer($"customer-{i}", Seeds.Of(Seed, i)))];
        for (var round = 0; round < Rounds; round++)
        {
            await _simulator.FaultsAsync(Weather(round));
            var sending = customers.Select(c => c.SendUntilTheGatewayIsGoneAsync(_gateway.Http)).Append(SlowUpload.SendUntilTheGatewayIsGoneAsync(_gateway.Http, "slow", Seeds.Of(Seed, round))).ToList();
            await Lull.OfAsync(TimeSpan.FromMilliseconds(random.Next(200, 1400)));
            await _gateway.Process.KillAsync();
            await Task.WhenAll(sending);
            await CountAsync(customers);
            await _simulator.WellAsync();
            await _gateway.KillAndRestartAsync();
        }

        output.WriteLine(_tally.ToString());
        await ArrivedAsync(customers);
        await CleanAsync();
        await SlotsAreFreeAsync(customers);
        Assert.True(_tally.Missed.Count == 0, $"no kill came in: {string.Join(", ", _tally.Missed)}. {_tally}");
    }

    /// <summary>What Genesys does during a round: well, slow, unwell, losing replies, dead.</summary>
    private static object Weather(int round) => (round % 5) switch
    {
        0 => new { latency_ms = 20 },
        1 => new { status = 503, rate = 0.4 },
        2 => new { drop_after_reply_rate = 0.3, latency_ms = 5 },
        3 => new { status = 503 },
        _ => new { drop_rate = 0.2 },
    };

    private async Task CountAsync(IEnumerable<Customer> customers)
    {
        var left = await Leftovers.ReadAsync(_gateway);
        var replied = (await _simulator.ReceivedAsync()).Where(r => r.Reply is "sent").Select(r => r.MessageId).ToHashSet(StringComparer.Ordinal);
        var answered = customers.SelectMany(c => c.Files).Select(f => f.Id!).ToHashSet(StringComparer.Ordinal);
        Assert.All(answered, id => Assert.True(left.Status.ContainsKey(id), $"{id} was answered for and is not on disk"));
        List<Moment> found = [];
        if (left.Spooled > 0) found.Add(Moment.Receiving);
        foreach (var (id, status) in left.Status)
        {
            // What an earlier kill left is that kill's.
            if (_known.Add(id) && !answered.Contains(id)) found.Add(Moment.AdmittedUnanswered);
            if (status is "queued") found.Add(Moment.Queued);
            else if (status is "delivering" && _replied.Contains(id)) continue;
            else if (status is "delivering") found.Add(replied.Contains(id) ? Moment.RepliedUnrecorded : Moment.Claimed);
        }

        _replied.UnionWith(replied);
        _tally.Count(found);
    }

    private async Task ArrivedAsync(IReadOnlyList<Customer> customers)
    {
        var missing = customers.SelectMany(c => c.Files).Select(f => f.Id!).ToHashSet(StringComparer.Ordinal);
        await Eventually.HoldsAsync("everything that was answered for arrives", async () =>
        {
            missing.ExceptWith((await _simulator.ReceivedAsync()).Select(r => r.MessageId));
            return missing.Count == 0 ? null : $"{missing.Count} missing";
        }, seconds: 120);

        var received = await _simulator.ReceivedAsync();
        foreach (var customer in customers)
        {
            var of = received.Where(r => string.Equals(r.Contact, customer.Contact, StringComparison.Ordinal)).ToList();
            var firsts = of.Select(r => r.MessageId).Distinct(StringComparer.Ordinal).ToList();
            Assert.Equal(customer.Files.Select(f => f.Id!).Distinct(StringComparer.Ordinal), firsts.Where(customer.Files.Select(f => f.Id!).ToHashSet(StringComparer.Ordinal).Contains));
            Assert.All(of.GroupBy(r => r.Sha256, StringComparer.Ordinal), same => Assert.Single(same.Select(r => r.MessageId).Distinct(StringComparer.Ordinal)));
            Assert.All(customer.Files, f => Assert.Contains(of, r => string.Equals(r.MessageId, f.Id, StringComparison.Ordinal) && string.Equals(r.Sha256, f.Sha256, StringComparison.Ordinal)));

            // Only a lost reply or a killed sender leaves an outcome unrecorded; a kill has at most one attempt of a contact under way.
            var repeats = of.Count - firsts.Count;
            var lost = of.Count(r => r.Reply is "dropped");
            Assert.True(repeats <= lost + Rounds, $"{customer.Contact}: {repeats} repeats for {lost} lost replies and {Rounds} kills");
        }
    }

    /// <summary>A blob whose upload was never admitted, or has ended, belongs to nobody: it may lie for its hour. Nothing else may be left.</summary>
    private Task CleanAsync() => Eventually.HoldsAsync("the spool is empty, nothing waits, and no blob is needed", async () =>
    {
        var spooled = _gateway.FilesIn("spool");
        var left = await Leftovers.ReadAsync(_gateway);
        var unfinished = left.Status.Where(s => s.Value is not "delivered").Select(s => $"{s.Key} {s.Value}").ToList();
        var kept = left.Blobs.Where(id => left.Status.GetValueOrDefault(id) is { } status && status is not "delivered").ToList();
        return spooled.Count + unfinished.Count + kept.Count == 0 ? null : string.Join(", ", [.. spooled, .. unfinished, .. kept]);
    });

    /// <summary>No receive slot outlives its request: as many uploads at once as a contact may have pass for each.</summary>
    private async Task SlotsAreFreeAsync(IEnumerable<Customer> customers)
    {
        var last = await Task.WhenAll(customers.SelectMany((c, i) => Enumerable.Range(0, 2).Select(n =>
            new UploadForm(Pngs.Noise(Seeds.Of(Seed, -1, i, n), 300_000), $"last-{n}.png", c.Contact).SendAsync(_gateway.Http))));
        Assert.All(last, answer => answer.Expect(HttpStatusCode.OK));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
