using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Formulas of cells, names, conditions and checks: functions that load or start something, DDE (<c>program|'topic'!item</c>; a bar stands in nothing
/// else), and links that formulas make.
/// </summary>
internal sealed class SheetFormulas(ZipFindings findings, long offset)
{
    /// <summary>The later ones are those of Excel 4 macros.</summary>
    private static readonly HashSet<string> Acting = new(StringComparer.Ordinal)
    {
        "WEBSERVICE", "IMAGE", "DDE", "RTD", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "EXECUTE", "INITIATE", "POKE", "SQL.REQUEST",
    };

    public void Judge(string formula)
    {
        if (formula.AsSpan().IndexOfAny('|', '(') < 0)
            return;
        var text = new FormulaText(formula);
        if (text.HasBar)
            findings.Active(offset, "a formula that starts another program (DDE)");
        var judged = 0;
        foreach (var (name, start) in text.Calls())
        {
            if (Acting.Contains(name))
                findings.Active(offset, "a formula that loads or starts something");
            if (name is not "HYPERLINK" || start < judged)
                continue;
            (var texts, judged) = text.Argument(start);
            if (!IsHonest(texts))
                findings.Active(offset, "a formula that makes a link which is not a plain web link");
        }
    }

    /// <summary>The address is put together from the texts; what cells add is not known. In brackets stands the workbook of a place in it.</summary>
    private static bool IsHonest(IReadOnlyList<string> texts) => !texts.Any(Targets.IsElsewhere) && Targets.IsHonestLink(string.Concat(texts).TrimStart('['));
}
