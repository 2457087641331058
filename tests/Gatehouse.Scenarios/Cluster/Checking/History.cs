namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>All that a run left behind, on one time line: the time since the run began.</summary>
internal sealed record History
{
    /// <summary>Every request of every client, in no order.</summary>
    public required IReadOnlyList<Sending> Sendings { get; init; }

    /// <summary>The simulator's record, in order of arrival.</summary>
    public required IReadOnlyList<Arrival> Arrivals { get; init; }

    /// <summary>What the gateway says of its uploads at the end; those of one contact in order of admission.</summary>
    public required IReadOnlyList<KeptUpload> Uploads { get; init; }

    /// <summary>Where the database was watched for them, in order.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>What was done to the deployment.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public Bounds Bounds { get; init; } = new();
}

/// <summary>What the deployment was configured to.</summary>
internal sealed record Bounds
{
    /// <summary>How long a claim keeps others out after its sender was last heard of; null: one process owns the store, and its start takes every claim over.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>Files of one contact in the run; null: lifted.</summary>
    public int? MaxFiles { get; init; }

    /// <summary>Bytes of one contact in the run; null: lifted.</summary>
    public long? MaxBytes { get; init; }
}
