using System.Buffers;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Text;

/// <summary>Marks that make a text something else wherever they stand: server-side code, script pairs, a PDF or PHP archive behind text, EICAR.</summary>
internal sealed class MarkScanner
{
    private static readonly SearchValues<byte> Triggers = SearchValues.Create("<%"u8);

    private bool _sawPercentOpen;
    private bool _sawScriptOpen;
    private bool _sawDoctype;
    private long _pdfHeader = -1;
    private PdfBody _pdfBody = new();

    /// <summary>Looks at the marks that begin in [from, to); they may reach beyond <paramref name="to"/>.</summary>
    public Verdict.Refuse? Scan(ReadOnlySpan<byte> window, int from, int to, long windowStart)
    {
        var hadPdfHeader = _pdfHeader >= 0;
        var found = Triggered(window, from, to, windowStart);
        found = TextJudge.Earliest(found, Halt(window, from, to, windowStart));
        return _pdfHeader < 0 ? found : TextJudge.Earliest(found, PdfObject(window, hadPdfHeader ? from : (int)(_pdfHeader - windowStart), to, windowStart));
    }

    private Verdict.Refuse? Triggered(ReadOnlySpan<byte> window, int from, int to, long windowStart)
    {
        for (var at = from; at < to; at++)
        {
            var next = window[at..to].IndexOfAny(Triggers);
            if (next < 0)
                return null;
            at += next;
            if ((window[at] == '<' ? AtTag(window, at, windowStart) : AtPercent(window, at, windowStart)) is { } found)
                return found;
        }

        return null;
    }

    private Verdict.Refuse? AtTag(ReadOnlySpan<byte> window, int at, long windowStart)
    {
        var rest = window[(at + 1)..];
        if (rest.IsEmpty)
            return null;
        switch (rest[0] | 0x20)
        {
            case '?' when Spelling.StartsWith(rest, "?php"u8) || rest.StartsWith("?="u8):
                return TextRefusals.Script("text/x-php", "a PHP program", windowStart + at);
            case '%':
                _sawPercentOpen = true;
                return null;
            case '!':
                return AtDeclaration(window, rest, at, windowStart);
            case 's' when Spelling.IsTag(rest, "script"u8):
                _sawScriptOpen = true;
                return null;
            case '/' when _sawScriptOpen && Spelling.StartsWith(rest, "/script"u8):
                return TextRefusals.Markup("text/html", "a web page with a script", windowStart + at);
            case 'h' or 'b' when _sawDoctype && (Spelling.IsTag(rest, "html"u8) || Spelling.IsTag(rest, "head"u8) || Spelling.IsTag(rest, "body"u8)):
                return TextRefusals.Markup("text/html", "a web page (HTML)", windowStart + at);
            default:
                return null;
        }
    }

    private Verdict.Refuse? AtDeclaration(ReadOnlySpan<byte> window, ReadOnlySpan<byte> rest, int at, long windowStart)
    {
        if (rest.StartsWith("!--#"u8) && rest.Length > 4 && char.IsAsciiLetter((char)rest[4]))
            return TextRefusals.Script("text/x-server-parsed-html", "a page with server-side includes", windowStart + at);
        if (Spelling.StartsWith(rest, "!doctype html"u8) && BeginsLine(window[..at]))
            _sawDoctype = true;
        return null;
    }

    /// <summary>Nothing but a few blanks stands before it on its line.</summary>
    private static bool BeginsLine(ReadOnlySpan<byte> before)
    {
        before = before[^Math.Min(before.Length, TextJudge.LookBack)..].TrimEnd(" \t"u8);
        return before.IsEmpty || before[^1] is (byte)'\n' or (byte)'\r';
    }

    private Verdict.Refuse? AtPercent(ReadOnlySpan<byte> window, int at, long windowStart)
    {
        var rest = window[at..];
        if (_sawPercentOpen && rest.StartsWith("%>"u8))
            return TextRefusals.Script("text/x-asp", "a server page (ASP or JSP)", windowStart + at);
        if (_pdfHeader < 0 && PdfHeader.IsAt(rest))
            _pdfHeader = windowStart + at;
        if (at >= 5 && Eicar.IsAt(window[(at - 5)..]))
            return TextRefusals.Malware(windowStart + at - 5);
        return null;
    }

    private static Verdict.Refuse? Halt(ReadOnlySpan<byte> window, int from, int to, long windowStart)
    {
        var mark = "__HALT_COMPILER();"u8;
        var found = window[from..Math.Min(window.Length, to + mark.Length - 1)].IndexOf(mark);
        return found < 0 ? null : TextRefusals.SecondFormat("a PHP archive", windowStart + from + found);
    }

    /// <summary>What makes a header a PDF's; without it, it is talk about PDF.</summary>
    private Verdict.Refuse? PdfObject(ReadOnlySpan<byte> window, int from, int to, long windowStart)
    {
        var found = from < to ? _pdfBody.Find(window[from..to]) : -1;
        return found < 0 ? null : TextRefusals.SecondFormat("a PDF", windowStart + from + found);
    }
}
