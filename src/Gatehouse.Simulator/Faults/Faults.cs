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
    public FrozenSet<string>? UnknownIntegrations { get; init; }
    public FrozenSet<string>? UnknownConversations { get; init; }
    public FrozenSet<string>? WaitingConversations { get; init; }
    public FrozenSet<string>? EndedConversations { get; init; }
    public int? MediaPolls { get; init; }
    public bool? MediaInvalid { get; init; }
    public FrozenSet<string>? UnknownDeployments { get; init; }
    public FrozenSet<string>? AllowedOrigins { get; init; }
    public int? MaxFileSizeKb { get; init; }
    public FrozenSet<string>? BlockedExtensions { get; init; }
    public bool? SessionReadOnly { get; init; }
    public int? SessionError { get; init; }
    public int? AttachmentError { get; init; }
    public int? UploadError { get; init; }
    public int? MessageError { get; init; }
    public int? GuestRequestsPerMinute { get; init; }
    public int? ClientRequestsPerMinute { get; init; }
    public bool? LimitAttachments { get; init; }
    public FrozenSet<string>? WrongSecrets { get; init; }
    public FrozenSet<string>? DisabledClients { get; init; }
    public FrozenSet<string>? PoisonedFiles { get; init; }
    public FrozenSet<string>? Calls { get; init; }
    public FrozenSet<string>? UnknownProfiles { get; init; }
    public FrozenSet<string>? InboundTypes { get; init; }
    public FrozenSet<string>? OutboundTypes { get; init; }
    public MergedContacts? MergedContacts { get; init; }
    public string? Fetch { get; init; }
    public int? FetchDelayMs { get; init; }

    /// <summary>Whether a list of a fault means this one: by its name, or with <c>*</c> all.</summary>
    public static bool Names(FrozenSet<string>? list, string name) => list is not null && (list.Contains(name) || list.Contains("*"));

    /// <summary>Whether status, drops and latency are meant for the call of this name.</summary>
    public bool Strike(string call) => Calls is null || Names(Calls, call);

    /// <summary>Whether a file of this name is answered with 500, whatever else.</summary>
    public bool Poison(string? fileName) => fileName is not null && Names(PoisonedFiles, fileName);

    /// <summary>The media types that customers may send.</summary>
    public FrozenSet<string> Inbound => InboundTypes ?? MediaTypes.DefaultInbound;

    /// <summary>The media types that agents may send.</summary>
    public FrozenSet<string> Outbound => OutboundTypes ?? MediaTypes.DefaultOutbound;

    /// <summary>Attachments are fetched until that is turned off; a link is for people to follow, and is fetched only when all are.</summary>
    public bool Fetches(OpenAttachment attachment) => Fetch switch
    {
        "none" => false,
        "all" => true,
        _ => !attachment.IsLink,
    };
}
