namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// What a piece's values may be long in all. They may overlap, so that a few bytes could be read as many: four times the piece is more than any program writes, and behind
/// that nobody could say what the rest of them holds.
/// </summary>
internal struct ValueBudget(int pieceLength)
{
    private long _left = (pieceLength * 4L) + 4096;

    public readonly bool IsSpent => _left < 0;

    /// <summary>More is there than any program writes.</summary>
    public void Exhaust() => _left = -1;

    /// <summary>False: it is more than is left.</summary>
    public bool TrySpend(long length) => (_left -= length) >= 0;
}
