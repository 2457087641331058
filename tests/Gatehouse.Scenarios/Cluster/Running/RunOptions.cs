using System.Globalization;
using Gatehouse.Scenarios.Cluster.Checking;

namespace Gatehouse.Scenarios.Cluster.Running;

/// <summary>A failure run: who sends how much to whom, and what is done to the deployment meanwhile. The same options make the same plan; processes keep their own pace.</summary>
internal sealed record RunOptions
{
    /// <summary>For the report.</summary>
    public required string Name { get; init; }

    public required int Seed { get; init; }

    public int Nodes { get; init; } = 3;

    public int Clients { get; init; } = 64;

    public int Contacts { get; init; } = 500;

    /// <summary>How long clients begin new uploads.</summary>
    public required TimeSpan Load { get; init; }

    /// <summary>The longest pause of a client between two files. Without any, clients take all of a small machine, and what is measured is how it shares its processors out.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Of a client's files, the share that is too large for a node's memory and rests on its disk while it is received.</summary>
    public double LargeShare { get; init; } = 0.05;

    public IReadOnlyList<PlannedFault> Faults { get; init; } = [];

    /// <summary>What the simulator does meanwhile, as <c>POST /simulator/faults</c> takes it.</summary>
    public object Weather { get; init; } = new { };

    public int? MaxFiles { get; init; }

    /// <summary>Where state is kept.</summary>
    public StateStore Store { get; init; } = StateStore.Postgres;

    public static string Contact(int number) => string.Create(CultureInfo.InvariantCulture, $"contact-{number}");

    public bool Plans(FaultKind kind) => Faults.Any(fault => fault.Kind == kind);

    /// <summary>What the gateway says of times is true: its store goes by a clock that does not jump.</summary>
    public bool TellsTrueTimes => Store is StateStore.Postgres || !Plans(FaultKind.ClockJumped);

    public Bounds Bounds => new() { MaxFiles = MaxFiles, Lease = Store is StateStore.Postgres ? TimeSpan.FromSeconds(10) : null };
}

internal enum StateStore
{
    Postgres,

    /// <summary>One node only.</summary>
    Sqlite,
}
