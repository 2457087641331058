using Gatehouse.Inspection.Office.Markup;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>The text of elements that are judged by it, formulas above all, put together from the pieces in which a reader meets it.</summary>
internal sealed class ElementText(ZipFindings findings, long offset) : IDisposable
{
    /// <summary>Excel's longest formula has 8,192 characters (Microsoft, "Excel specifications and limits"), without the prefixes of new functions.</summary>
    private const int Longest = 16 * 1024;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Judged = new HashSet<string>(StringComparer.Ordinal)
    {
        "f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "definedName", "HyperlinkBase", "FmlaMacro",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly SheetFormulas _formulas = new(findings, offset);
    private readonly PooledChars _text = new();
    private string? _element;

    /// <summary>An element that is judged has begun, and its text is wanted.</summary>
    public bool IsOpen => _element is not null;

    public void Begin(MarkupReader node)
    {
        if (node.IsEmpty || !Judged.TryGetValue(node.Name, out var element) || IsMathematics(node))
            return;
        End();
        _element = element;
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

    private void JudgeBase(ReadOnlySpan<char> target)
    {
        if (!Targets.IsHonestBase(target))
            findings.Active(offset, "a base of its links that is not on the web");
    }

    /// <summary>An equation's fraction has the name of a cell's formula (ECMA-376 part 1, 22.1).</summary>
    private static bool IsMathematics(MarkupReader node) => node.Namespace.EndsWith("/math");
}
