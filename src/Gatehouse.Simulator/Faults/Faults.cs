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
    public bool? Token { get; init; }
    public FrozenSet<string>? UnknownIntegrations { get; init; }
    public MergedContacts? MergedContacts { get; init; }
    public FrozenSet<string>? FailingFiles { get; init; }
    public string? Fetch { get; init; }
    public int? FetchDelayMs { get; init; }

    /// <summary>Attachments are fetched until that is turned off; a link is for people to follow, and is fetched only when all are.</summary>
    public bool Fetches(OpenAttachment attachment) => Fetch switch
    {
        "none" => false,
        "all" => true,
        _ => !attachment.IsLink,
    };
}

/// <summary>The faults in force; replaced as a whole.</summary>
internal sealed class FaultBoard
{
    private volatile Faults _current = Faults.None;

    public Faults Current
    {
        get => _current;
        set => _current = value;
    }
}
