namespace Gatehouse.Inspection.Pdf;

/// <summary>What may be decoded and parsed of one file in all, however often its parts lead to each other; asked wherever work repeats, as whether to go on is.</summary>
internal sealed class PdfBudget(long fileLength, CancellationToken cancellationToken)
{
    private long _left = (PdfLimits.Price + (PdfLimits.PriceTimes * fileLength)) * PdfLimits.DecodedPerPrice;
    private long _decoded;

    public void Spend(long price, long offset) => Take(price * PdfLimits.DecodedPerPrice, offset);

    /// <summary>Bytes that a filter reads or makes.</summary>
    public void SpendDecoded(long bytes, long offset)
    {
        _decoded += bytes;
        if (_decoded > PdfLimits.DecodedTotal)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, offset);
        Take(bytes, offset);
    }

    private void Take(long cost, long offset)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _left -= cost;
        if (_left < 0)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, offset);
    }
}
