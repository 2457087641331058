using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Formulas of cells, names, conditions and checks: functions that load or start something, DDE (<c>program|'topic'!item</c>; a bar stands in nothing
/// else), and links that formulas make.
/// </summary>
internal sealed class SheetFormulas(ZipFindings findings, long offset) : IDisposable
{
    /// <summary>The later ones are those of Excel 4 macros.</summary>
    private static readonly HashSet<string> Acting = new(StringComparer.OrdinalIgnoreCase)
    {
        "WEBSERVICE", "IMAGE", "DDE", "RTD", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "EXECUTE", "INITIATE", "POKE", "SQL.REQUEST",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ActingNames = Acting.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly FormulaText _text = new();
    private readonly PooledChars _address = new();

    public void Judge(ReadOnlySpan<char> formula)
    {
        if (formula.IndexOfAny('|', '(') < 0)
            return;
        _text.Read(formula);
        if (_text.HasBar)
            findings.Active(offset, "a formula that starts another program (DDE)");
        var judged = 0;
        for (var at = 0; _text.NextCall(ref at, out var name);)
        {
            if (ActingNames.Contains(name))
                findings.Active(offset, "a formula that loads or starts something");
            if (!name.Equals("HYPERLINK", StringComparison.OrdinalIgnoreCase) || at < judged)
                continue;
            (var texts, judged) = _text.Argument(at);
            if (!IsHonest(texts))
                findings.Active(offset, "a formula that makes a link which is not a plain web link");
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _address.Dispose();
    }

    /// <summary>The address is put together from the texts; what cells add is not known. In brackets stands the workbook of a place in it.</summary>
    private bool IsHonest(Range texts)
    {
        _address.Clear();
        for (var i = texts.Start.Value; i < texts.End.Value; i++)
        {
            var start = _address.Length;
            _text.CopyText(i, _address);
            if (Targets.IsElsewhere(_address.Text[start..]))
                return false;
        }

        return Targets.IsHonestLink(_address.Text.TrimStart('['));
    }
}
