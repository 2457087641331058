using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>The text of elements that are judged by it, formulas above all, put together from the pieces in which a reader meets it.</summary>
internal sealed class ElementText(ZipFindings findings, long offset) : IDisposable
{
    /// <summary>Excel's longest formula has 8,192 characters (Microsoft, "Excel specifications and limits"), without the prefixes of new functions.</summary>
    private const int Longest = 16 * 1024;

    private readonly SheetFormulas _formulas = new(findings, offset);
    private readonly PooledChars _text = new();
    private string? _element;
    private Vocabulary _vocabulary;

    public void Begin(MarkupReader node)
    {
        if (_element is not null)
            CheckMayHold(node);
        if (node.IsEmpty || Judged(node.Name) is not { } element || node.Vocabulary.Is(Vocabulary.Equation))
            return;
        End();
        (_element, _vocabulary) = (element, node.Vocabulary);
    }

    public void Add(ReadOnlySpan<char> text)
    {
        if (_element is null)
            return;
        if (_text.Length + text.Length > Longest)
            throw ZipStops.Structure(offset, "a formula in it is longer than any program writes");
        _text.Add(text);
    }

    public void End(MarkupReader node)
    {
        if (_element is not null && node.Name.SequenceEqual(_element))
            End();
    }

    /// <summary>Also where a part breaks off inside.</summary>
    public void End()
    {
        var text = _text.Text;
        switch (_element)
        {
            case "HyperlinkBase":
                JudgeBase(text);
                break;
            case "FmlaMacro":
                JudgeMacro(text);
                break;
            case not null:
                _formulas.Judge(text);
                break;
        }

        _text.Clear();
        _element = null;
    }

    public void Dispose()
    {
        _text.Dispose();
        _formulas.Dispose();
    }

    /// <summary>Of the document itself, or of one that is open, unless a path is before it.</summary>
    public void JudgeMacro(ReadOnlySpan<char> macro)
    {
        if (macro.IndexOfAny('/', '\\', ':') >= 0)
            findings.Active(offset, "a button that starts a macro of another file");
    }

    public void JudgeFormula(ReadOnlySpan<char> formula)
    {
        if (formula.Length > Longest)
            throw ZipStops.Structure(offset, "a formula in it is longer than any program writes");
        _formulas.Judge(formula);
    }

    private void JudgeBase(ReadOnlySpan<char> target)
    {
        if (!Targets.IsHonestBase(target))
            findings.Active(offset, "a base of its links that is not on the web");
    }

    /// <summary>The name of one that is judged.</summary>
    private static string? Judged(ReadOnlySpan<char> name) => name switch
    {
        "f" => "f",
        "formula" => "formula",
        "formula1" => "formula1",
        "formula2" => "formula2",
        "calculatedColumnFormula" => "calculatedColumnFormula",
        "totalsRowFormula" => "totalsRowFormula",
        "definedName" => "definedName",
        "HyperlinkBase" => "HyperlinkBase",
        "FmlaMacro" => "FmlaMacro",
        "FmlaGroup" => "FmlaGroup",
        "FmlaLink" => "FmlaLink",
        "FmlaPict" => "FmlaPict",
        "FmlaRange" => "FmlaRange",
        "FmlaTxbx" => "FmlaTxbx",
        _ => null,
    };

    /// <summary>
    /// Nothing, as what readers leave out would be taken for a part of the text here, but for the formulas of Excel 2010, which stand in one of another
    /// namespace. Elsewhere the names are other programs' own.
    /// </summary>
    private void CheckMayHold(MarkupReader node)
    {
        var isFormula = _vocabulary.Is(Vocabulary.Sheet2010) && node.Vocabulary.Is(Vocabulary.SheetFormula) && _text.Text.IsWhiteSpace();
        if (_vocabulary.Is(Vocabulary.Office) && !isFormula)
            throw ZipStops.Structure(offset, "a formula in it has markup inside");
    }
}
