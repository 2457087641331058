namespace Gatehouse.Actors.Contacts;

/// <summary>What the line's head is doing.</summary>
internal static class Heads
{
    /// <summary>When the head's claim ends, or else its wait; 0 for an empty line.</summary>
    public static long HeadFreeAt(this ContactState state) => state.Head is { } head ? head.Claim?.LeaseUntil ?? head.NotBefore : 0;

    /// <summary>The head's next attempt while it waits out a back-off; null when it may go now or is under way.</summary>
    public static long? HeadNotBefore(this ContactState state, long now) =>
        state.Head is { Claim: null } head && head.NotBefore > now ? head.NotBefore : null;

    public static ContactState WithHead(this ContactState state, LineEntry head) => state with { Line = state.Line.SetItem(0, head) };
}
