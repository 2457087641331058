using System.Text.Json;
using Gatehouse.Scenarios.Cluster.Checking;
using Gatehouse.Scenarios.Cluster.Running;

namespace Gatehouse.Scenarios.Cluster.Reporting;

/// <summary>What is told of a run.</summary>
internal sealed record RunReport
{
    public required RunOptions Options { get; init; }

    public required History History { get; init; }

    public required IReadOnlyList<Violation> Violations { get; init; }

    public required Figures Figures { get; init; }

    /// <summary>The simulator's own counters.</summary>
    public required JsonElement Simulator { get; init; }

    /// <summary>What each node wrote to its log: warnings and worse.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Logs { get; init; }

    public static RunReport Of(RunOptions options, History history, JsonElement simulator, IEnumerable<IReadOnlyList<string>> logs) => new()
    {
        Options = options,
        History = history,
        Violations = Checker.Check(history),
        Figures = Figures.Of(history, options.Load),
        Simulator = simulator,
        Logs = [.. logs],
    };
}
