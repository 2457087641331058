using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Killing;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <param name="Node">Ignored by what strikes them all.</param>
/// <param name="Lasting">For faults that have a length: a stop, an outage.</param>
/// <param name="Jump">For a clock: how far ahead of the real time it is set, and then right again.</param>
internal sealed record PlannedFault(TimeSpan At, FaultKind Kind, int Node, TimeSpan Lasting = default, TimeSpan Jump = default);

/// <summary>Faults to come, drawn from a seed.</summary>
internal static class FaultPlan
{
    /// <summary>For a node that ended to be up again on a busy machine, before it is struck anew.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    /// <summary>Past the lease of 10 s, so that others take over what the stopped node holds.</summary>
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(12);

    /// <summary>Less than a lease, just past it, about as long as the longest back-off, and past it.</summary>
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(9), TimeSpan.FromHours(3)];

    /// <summary>Every so often another node than the last time.</summary>
    public static IReadOnlyList<PlannedFault> Kills(int seed, int nodes, TimeSpan load, TimeSpan every)
    {
        var random = new Random(Seeds.Of(seed, 1));
        var node = random.Next(nodes);
        List<PlannedFault> plan = [];
        for (var at = every / 2; at < load; at += every)
        {
            plan.Add(new(at, FaultKind.Killed, node));
            node = (node + 1 + random.Next(Math.Max(1, nodes - 1))) % nodes;
        }

        return plan;
    }

    /// <summary>One after the other of the given kinds, each in turn before any comes again, at nodes that are up.</summary>
    public static IReadOnlyList<PlannedFault> Mixed(int seed, int nodes, TimeSpan load, TimeSpan every, IReadOnlyList<FaultKind> kinds)
    {
        var random = new Random(Seeds.Of(seed, 2));
        var freeAt = new TimeSpan[nodes];
        var bag = new Queue<FaultKind>();
        List<PlannedFault> plan = [];
        for (var at = every / 2; at < load; at += every)
        {
            if (bag.Count == 0)
            {
                var shuffled = kinds.ToArray();
                random.Shuffle(shuffled);
                bag = new(shuffled);
            }

            var node = random.Next(nodes);
            if (Enumerable.Range(0, nodes).Select(n => (node + n) % nodes).FirstOrDefault(n => freeAt[n] <= at, -1) is not (>= 0 and var up)) continue;
            var kind = bag.Dequeue();
            var fault = new PlannedFault(at, kind, up, Length(kind, random), kind is FaultKind.ClockJumped ? Jump(random) : default);
            freeAt[up] = at + fault.Lasting + (kind is FaultKind.Killed or FaultKind.Terminated ? Recovery : TimeSpan.Zero);
            plan.Add(fault);
        }

        return plan;
    }

    private static TimeSpan Jump(Random random) => Jumps[random.Next(Jumps.Length)] * (random.Next(2) == 0 ? 1 : -1);

    private static TimeSpan Length(FaultKind kind, Random random) => kind switch
    {
        FaultKind.Stopped => PastTheLease,
        FaultKind.DatabaseCrashed or FaultKind.DatabaseRestarted => TimeSpan.FromSeconds(0.5 + random.NextDouble()),
        FaultKind.DatabaseOutOfReach => TimeSpan.FromSeconds(2 + (3 * random.NextDouble())),
        FaultKind.ClockJumped => TimeSpan.FromSeconds(1 + (2 * random.NextDouble())),
        _ => TimeSpan.Zero,
    };
}
