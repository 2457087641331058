namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>What the filters of one stream may read and make.</summary>
/// <param name="Offset">Where the stream's object is.</param>
internal readonly record struct Allowance(PdfBudget Budget, long Offset)
{
    public void Spend(int bytes) => Budget.SpendDecoded(bytes, Offset);

    public PdfLimitException Exceeded() => new(Reasons.ExpandsTooMuch, Offset);
}
