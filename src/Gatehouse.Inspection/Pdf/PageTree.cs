namespace Gatehouse.Inspection.Pdf;

/// <summary>From the catalog to the pages (ISO 32000-1, 7.7.2 and 7.7.3): a reader shows nothing of a file without them.</summary>
internal sealed class PageTree(PdfObjects objects, PdfBudget budget)
{
    private readonly HashSet<int> _seen = [];

    /// <summary>At least one page is reached, and no branch leads in a circle.</summary>
    public bool HasPages(PdfDictionary trailer) =>
        objects.Resolve(trailer["Root"]) is PdfDictionary catalog && Reach(catalog["Pages"], 0) && _seen.Count > 0;

    private bool Reach(PdfValue? node, int depth)
    {
        if (depth > PdfLimits.Depth)
            return false;
        if (node is PdfReference reference && (!_seen.Add(reference.Number) || _seen.Count > PdfLimits.Pages))
            return false;
        if (objects.Resolve(node) is not PdfDictionary dictionary)
            return false;
        if (objects.Resolve(dictionary["Kids"]) is not PdfArray kids)
            return dictionary.IsNamed("Type", "Page") || dictionary["MediaBox"] is not null || dictionary["Contents"] is not null || dictionary["Parent"] is not null;
        var reached = false;
        foreach (var kid in kids.Items)
        {
            // A branch may be reached by many ways.
            budget.Spend(PdfLimits.HopCost, 0);
            reached |= Reach(kid, depth + 1);
        }

        return reached;
    }
}
