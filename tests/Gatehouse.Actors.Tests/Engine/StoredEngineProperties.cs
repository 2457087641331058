using FsCheck;
using FsCheck.Fluent;
using Gatehouse.Actors.Engine;

namespace Gatehouse.Actors.Tests.Engine;

/// <summary>What the engine holds to over any store.</summary>
public abstract class StoredEngineProperties
{
    private protected abstract IActorStore Store();

    /// <summary>How often it is tried.</summary>
    private protected abstract int Tries { get; }

    /// <summary>64 callers, few keys, two engines on one store, faults at every seam.</summary>
    [ContractFact]
    public void One_turn_at_a_time_and_every_answered_command_applied_once_under_64_callers_and_faults() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed => HoldsAsync(new Random(seed)).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Tries));

    private async Task<bool> HoldsAsync(Random random)
    {
        var store = new FaultyStore(Store());
        TallyKind[] kinds = [new(), new()];
        var options = new StoredEngineOptions { SoleOwner = false, MaxTries = 200, MaxRaces = 200, RetryPause = TimeSpan.Zero, MaxTurnsPerSave = random.Next(1, 8) };
        var engines = kinds.Select(kind => new StoredEngine<Tally, TallyCommand, long>(kind, store, [], TimeProvider.System, options)).ToArray();
        store.Next([.. Enumerable.Range(0, 40).Select(_ => (Fault)random.Next(0, 4))]);
        var keys = Enumerable.Range(0, random.Next(1, 6)).Select(i => $"{i}").ToArray();
        var seeds = Enumerable.Range(0, 64).Select(_ => random.Next()).ToArray();
        var replies = await Task.WhenAll(seeds.Select(seed => Task.Run(() => CallAsync(engines, keys, new Random(seed)))));
        if (kinds.Any(kind => kind.Overlapped)) return false;
        foreach (var key in keys)
        {
            // Additions of one: what they were answered is 1, 2, 3 ... in some order, each once, and the sum is their number.
            var answered = replies.SelectMany(reply => reply).Where(reply => string.Equals(reply.Key, key, StringComparison.Ordinal)).Select(reply => reply.Sum).Order().ToList();
            if (!answered.SequenceEqual(Enumerable.Range(1, answered.Count).Select(n => (long)n))) return false;
            if (await engines[0].AskAsync(key, new Look(key)) != answered.Count) return false;
        }
        await Eventually.TrueAsync(() => engines.All(engine => engine.ActiveKeys == 0));
        return true;
    }

    private static async Task<List<(string Key, long Sum)>> CallAsync(StoredEngine<Tally, TallyCommand, long>[] engines, string[] keys, Random random)
    {
        var sums = new List<(string, long)>();
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            var key = keys[random.Next(keys.Length)];
            var engine = engines[random.Next(engines.Length)];
            if (random.Next(3) == 0)
            {
                Assert.True(await engine.AskAsync(key, new Look(key)) >= last.GetValueOrDefault(key), "a reading turn showed less than its caller had been told");
                continue;
            }
            var sum = await engine.AskAsync(key, new Add(key, 1));
            last[key] = sum;
            sums.Add((key, sum));
        }
        return sums;
    }
}
