using System.Collections.Immutable;

namespace Gatehouse.Actors.Tokens;

/// <summary>What decides for one OAuth client. Immutable. Times are UTC ticks (100 ns): a budget of thousands a minute spaces permits by less than a millisecond.</summary>
public sealed record TokenState
{
    public static readonly TokenState Empty = new();

    /// <summary>Longest encrypted token that is kept, in bytes; a Genesys token has under a hundred.</summary>
    public const int MaxTokenBytes = 16_384;

    /// <summary>Rises with every token; 0: none yet.</summary>
    public long Version { get; init; }

    /// <summary>Encrypted; empty: none, or refused by Genesys.</summary>
    public ReadOnlyMemory<byte> Token { get; init; }
    public long ExpiresAt { get; init; }

    /// <summary>How long the token lives in all: what its refresh ahead of time is measured by.</summary>
    public long Life { get; init; }
    public long NextFence { get; init; } = 1;

    /// <summary>The refresh under way, if any.</summary>
    public HeldRefresh? Refresh { get; init; }

    /// <summary>After a failed refresh, the next one's earliest time.</summary>
    public long RefreshNotBefore { get; init; }
    public long PausedUntil { get; init; }

    /// <summary>How long that pause was when it was set; it never lasts longer, whatever the clock does.</summary>
    public long Pause { get; init; }

    /// <summary>The next permit's nominal time: the budget's whole memory.</summary>
    public long NextPermit { get; init; }

    /// <summary>Genesys' own count, while its window lasts.</summary>
    public RateWindow? Rate { get; init; }

    /// <summary>What each node was last given, the longest ago first.</summary>
    public ImmutableArray<Grant> Grants { get; init; } = [];

    public bool HasToken(long now) => !Token.IsEmpty && now < ExpiresAt;
}

/// <summary>A window of Genesys' own count: of <paramref name="Allowed"/> requests <paramref name="Left"/> may still be given permits for until it ends.</summary>
public sealed record RateWindow(int Allowed, int Left, long EndsAt);

/// <summary>Leave to refresh the token, for one node until a time.</summary>
public sealed record HeldRefresh(long Fence, long Until);

/// <summary>A node's last lease, kept so that a re-run of its ask gets the same permits, and so that nodes that wait share.</summary>
public sealed record Grant(string Node, UploadId Request, long At, int Waiting, int Permits, long FirstPermit, long RefreshFence, long AskAgainAt, long Interval)
{
    /// <summary>Longest node id, in UTF-8 bytes.</summary>
    public const int MaxNodeBytes = 256;

    /// <summary>Nodes that a state remembers; beyond it the longest silent goes first, and only its re-run is lost.</summary>
    public const int MaxNodes = 64;
}
