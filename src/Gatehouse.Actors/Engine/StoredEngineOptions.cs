namespace Gatehouse.Actors.Engine;

/// <summary>The stored engine's limits.</summary>
public sealed record StoredEngineOptions
{
    /// <summary>
    /// One process owns the store, so a state in memory is the truth, a turn that only reads needs no look at the store, and the store's clock is this machine's. False: a reading turn answers from a state
    /// loaded after it was asked.
    /// </summary>
    public bool SoleOwner { get; init; } = true;

    /// <summary>
    /// States kept in memory, twice over, after their key fell idle; some KB each. 512 hold the contacts of the last second at 500 uploads a second. Where others may write, one that has grown old
    /// costs a changing turn a lost race, and a reading turn does not use it.
    /// </summary>
    public int RecentStates { get; init; } = 512;

    /// <summary>Commands of one key that may wait. A contact has at most 50 entries in line, each with a claim, a renewal and a completion under way.</summary>
    public int MailboxCapacity { get; init; } = 256;

    /// <summary>Turns of one key that share a save: bounds what one conflict makes run again.</summary>
    public int MaxTurnsPerSave { get; init; } = 32;

    /// <summary>Loads and saves that may fail for one batch of commands; lost races are counted apart.</summary>
    public int MaxTries { get; init; } = 6;

    /// <summary>
    /// Races that one batch may lose to other writers of its key. A race is lost because somebody won, so it is run again at once: of eight nodes that write one key without a break, one batch in 600,000
    /// loses a hundred in a row.
    /// </summary>
    public int MaxRaces { get; init; } = 100;

    /// <summary>Pause after a failed load or save, doubled with each.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(10);
}
