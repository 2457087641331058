namespace Gatehouse.Gateway.Delivery;

/// <summary>Where an upload's bytes are made durable: with its turn's own commit up to a size, above it in the blob store before the turn.</summary>
/// <param name="WithTurnBytes">Files to this size go with the turn.</param>
public sealed record FilePlaces(long WithTurnBytes)
{
    /// <summary>256 KB: kept in memory while received, and cheap to lose when the turn turns them away.</summary>
    public const int SmallFileBytes = 256 * 1024;

    /// <summary>The node that received a file runs its turn.</summary>
    public static readonly FilePlaces SmallWithTurn = new(SmallFileBytes);

    /// <summary>The turn may run on another machine, and bytes never travel there.</summary>
    public static readonly FilePlaces AllInBlobs = new(-1);

    public bool GoesWithTurn(long size) => size <= WithTurnBytes;
}
