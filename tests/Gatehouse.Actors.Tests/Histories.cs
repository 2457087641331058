using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Gatehouse.Actors.Tests;

/// <summary>One step of a random history: what happens, who does it, and numbers that say how. Interpreted by a world.</summary>
public readonly record struct Move(int What, int Who, int How)
{
    /// <summary>A number below <paramref name="limit"/>, another one for each <paramref name="salt"/>.</summary>
    public int Pick(int limit, int salt) => (int)(Mix((uint)How + ((uint)salt * 0x9E3779B9u)) % (uint)limit);

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352Du;
        x = (x ^ (x >> 15)) * 0x846CA68Bu;
        return x ^ (x >> 16);
    }
}

/// <summary>Runs a property over random histories. A failure prints a shrunk history and its seed; GATEHOUSE_SEED=seed,gamma,size replays it at its failing step.</summary>
public static class Histories
{
    public static void Check(int histories, int longest, Action<Move[]> property)
    {
        var step =
            from what in Gen.Choose(0, 99)
            from who in Gen.Choose(0, 3)
            from how in Gen.Choose(0, 1_000_000)
            select new Move(what, who, how);
        var history = Gen.Choose(1, longest).SelectMany(length => step.ArrayOf(length));
        var config = Config.QuickThrowOnFailure.WithMaxTest(histories).WithQuietOnSuccess(true);
        if (Environment.GetEnvironmentVariable("GATEHOUSE_SEED") is { Length: > 0 } seed)
        {
            var parts = seed.Split(',');
            var rnd = new Rnd(ulong.Parse(parts[0], null), ulong.Parse(parts[1], null));
            var size = parts.Length > 2 ? FSharpOption<int>.Some(int.Parse(parts[2], null)) : FSharpOption<int>.None;
            config = config.WithReplay(FSharpOption<Replay>.Some(new Replay(rnd, size)));
        }
        Prop.ForAll(Arb.From(history, Shorter), property).Check(config);
    }

    private static IEnumerable<Move[]> Shorter(Move[] history)
    {
        for (var cut = history.Length / 2; cut >= 1; cut /= 2)
        {
            for (var from = 0; from + cut <= history.Length; from += cut) yield return [.. history[..from], .. history[(from + cut)..]];
        }
    }
}
