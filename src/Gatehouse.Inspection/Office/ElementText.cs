using System.Text;
using System.Xml;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>The text of elements that are judged by it, formulas above all, put together from the pieces in which a reader meets it.</summary>
internal sealed class ElementText(ZipFindings findings, long offset)
{
    /// <summary>Excel's longest formula has 8,192 characters (Microsoft, "Excel specifications and limits"), without the prefixes of new functions.</summary>
    private const int Longest = 16 * 1024;

    private readonly SheetFormulas _formulas = new(findings, offset);
    private readonly StringBuilder _text = new();
    private string? _element;

    /// <summary>An element that is judged has begun, and its text is wanted.</summary>
    public bool IsOpen => _element is not null;

    public void Begin(XmlReader node)
    {
        if (node.IsEmptyElement || !IsJudged(node.LocalName) || IsMathematics(node))
            return;
        End();
        _element = node.LocalName;
    }

    public void Add(string text)
    {
        if (_element is null)
            return;
        if (_text.Length + text.Length > Longest)
            throw ZipStops.Structure(offset, "a formula in it is longer than any program writes");
        _text.Append(text);
    }

    public void End(XmlReader node)
    {
        if (string.Equals(node.LocalName, _element, StringComparison.Ordinal))
            End();
    }

    /// <summary>Also where a part breaks off inside.</summary>
    public void End()
    {
        var text = _text.ToString();
        _text.Clear();
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

        _element = null;
    }

    /// <summary>Of the document itself, or of one that is open, unless a path is before it.</summary>
    public void JudgeMacro(string macro)
    {
        if (macro.IndexOfAny(['/', '\\', ':']) >= 0)
            findings.Active(offset, "a button that starts a macro of another file");
    }

    private void JudgeBase(string target)
    {
        if (!Targets.IsHonestBase(target))
            findings.Active(offset, "a base of its links that is not on the web");
    }

    /// <summary>An equation's fraction has the name of a cell's formula (ECMA-376 part 1, 22.1).</summary>
    private static bool IsMathematics(XmlReader node) => node.NamespaceURI.EndsWith("/math", StringComparison.Ordinal);

    private static bool IsJudged(string element) =>
        element is "f" or "formula" or "formula1" or "formula2" or "calculatedColumnFormula" or "totalsRowFormula" or "definedName" or "HyperlinkBase" or "FmlaMacro";
}
