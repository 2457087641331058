namespace Gatehouse.Inspection.Pdf;

/// <summary>What may be read and parsed of one file in all, however often its parts lead to each other; asked wherever work repeats, as whether to go on is.</summary>
internal sealed class PdfBudget(long fileLength, CancellationToken cancellationToken)
{
    private long _left = PdfLimits.ParsedBytes + (PdfLimits.ParsedTimes * fileLength);

    public void Spend(long bytes, long offset)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _left -= bytes;
        if (_left < 0)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, offset);
    }
}
