using System.Collections.Frozen;

namespace Gatehouse.Simulator;

/// <summary>What goes wrong from now on. Every member has the meaning and the unit of its field in <c>POST /simulator/faults</c>.</summary>
internal sealed record Faults
{
    public static readonly Faults None = new();

    public int? Status { get; init; }
    public double? Rate { get; init; }
    public int? RetryAfterSeconds { get; init; }
    public double? DropRate { get; init; }
    public double? DropAfterReplyRate { get; init; }
    public int? LatencyMs { get; init; }
    public int? TokenLifetimeSeconds { get; init; }
    public int? RequestsPerMinute { get; init; }
    public FrozenSet<string>? UnknownContacts { get; init; }
    public bool? HoldReplies { get; init; }
    public bool? Token { get; init; }
}
