using System.Buffers;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Formulas of cells, names, conditions and checks: functions that load or start something, DDE (<c>program|'topic'!item</c>; a bar stands in nothing
/// else), cells of workbooks elsewhere (<c>'\\host\share\[book.xlsx]sheet'!A1</c>), and links that formulas make.
/// </summary>
internal sealed class SheetFormulas(ZipFindings findings, long offset) : IDisposable
{
    /// <summary>The later ones are those of Excel 4 macros.</summary>
    private static readonly HashSet<string> Acting = new(StringComparer.OrdinalIgnoreCase)
    {
        "WEBSERVICE", "IMAGE", "DDE", "RTD", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "EXECUTE", "INITIATE", "POKE", "SQL.REQUEST",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ActingNames = Acting.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Those whose address is judged where they are called.</summary>
    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase) { "HYPERLINK", "INDIRECT" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> LeadingNames = Leading.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>They take a function by its name, or give it another.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Calling =
        new HashSet<string>(["LET", "LAMBDA", "MAP", "REDUCE", "SCAN", "BYROW", "BYCOL", "MAKEARRAY", "GROUPBY", "PIVOTBY"], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Telling = SearchValues.Create("|('[\\/_");

    private readonly FormulaText _text = new();
    private readonly PooledChars _address = new();

    public void Judge(ReadOnlySpan<char> formula)
    {
        if (formula.IndexOfAny(Telling) < 0)
            return;
        _text.Read(formula);
        if (_text.HasBar)
            findings.Active(offset, "a formula that starts another program (DDE)");
        if (_text.HasBarePath || LeadsElsewhere())
            findings.Active(offset, "a formula that reads a workbook on another computer");
        var (judged, indirect) = (0, 0);
        var isCalling = false;
        for (var at = 0; _text.NextCall(ref at, out var name);)
        {
            if (ActingNames.Contains(name))
                findings.Active(offset, "a formula that loads or starts something");
            isCalling |= Calling.Contains(name);
            if (name.Equals("INDIRECT", StringComparison.OrdinalIgnoreCase) && at >= indirect)
            {
                (var parts, indirect) = _text.Argument(at);
                Join(parts);
                if (Targets.IsBookElsewhere(_address.Text))
                    findings.Active(offset, "a formula that reads a workbook on another computer");
            }

            if (!name.Equals("HYPERLINK", StringComparison.OrdinalIgnoreCase) || at < judged)
                continue;
            (var texts, judged) = _text.Argument(at);
            if (!IsHonest(texts))
                findings.Active(offset, "a formula that makes a link which is not a plain web link");
        }

        if (isCalling || formula.Contains("_xl", StringComparison.OrdinalIgnoreCase))
            JudgeNamed(isCalling);
    }

    /// <summary>Functions that are not called, but given to another one to call: <c>MAP(A1:A9,_xleta.SUM)</c>.</summary>
    private void JudgeNamed(bool isCalling)
    {
        for (var at = 0; _text.NextWord(ref at, out var word, out var isPrefixed);)
        {
            if ((isPrefixed && LeadingNames.Contains(word)) || ((isPrefixed || isCalling) && ActingNames.Contains(word)))
                findings.Active(offset, "a formula that loads or starts something");
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _address.Dispose();
    }

    private bool LeadsElsewhere()
    {
        for (var i = 0; i < _text.Places; i++)
        {
            if (Targets.IsBookElsewhere(_text.Place(i)))
                return true;
        }

        return false;
    }

    private void Join(Range texts)
    {
        _address.Clear();
        for (var i = texts.Start.Value; i < texts.End.Value; i++)
            _text.CopyText(i, _address);
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
