namespace Gatehouse.Actors.Engine.Sweeping;

/// <summary>What the sweeper lets live, and how often it goes round.</summary>
public sealed record SweeperOptions
{
    /// <summary><c>Uploads:KeepDays</c>: rows of uploads that ended.</summary>
    public TimeSpan KeepRows { get; init; } = TimeSpan.FromDays(30);

    /// <summary><c>Delivery:KeepFailedHours</c>: bytes of uploads that failed or expired.</summary>
    public TimeSpan KeepFailedFiles { get; init; } = TimeSpan.FromHours(72);

    /// <summary>A blob without an upload's entry is an orphan after this; no admission takes as long.</summary>
    public TimeSpan OrphansAfter { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Rows in one transaction: a commit of them holds other saves up for some milliseconds, not longer.</summary>
    public int Portion { get; init; } = 200;
}
