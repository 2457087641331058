namespace Gatehouse.Inspection.Office;

/// <summary>
/// A formula as it is written (ECMA-376 part 1, 18.17.2): which functions it calls, and the texts in it. Used for one after another, as a sheet has very
/// many.
/// </summary>
internal sealed class FormulaText : IDisposable
{
    private readonly PooledChars _text = new();

    /// <summary>As long as the formula, with blanks for what is quoted.</summary>
    private readonly PooledChars _bare = new();
    private readonly List<int> _textStarts = [];
    private readonly List<int> _textEnds = [];
    private readonly List<Range> _places = [];

    /// <summary>Outside of texts, quoted names of sheets, and columns of tables in brackets.</summary>
    public bool HasBar => _bare.Text.Contains('|');

    /// <summary>The path of a share or an address that stands there without quotation marks.</summary>
    public bool HasBarePath => _bare.Text.IndexOf(@"\\") >= 0 || _bare.Text.IndexOf("://") >= 0;

    /// <summary>How many quoted names of sheets, and of workbooks in brackets, there are.</summary>
    public int Places => _places.Count;

    public ReadOnlySpan<char> Place(int index) => _text.Text[_places[index]];

    public void Read(ReadOnlySpan<char> formula)
    {
        _text.Clear();
        _text.Add(formula);
        _bare.Clear();
        _bare.Add(formula);
        _textStarts.Clear();
        _textEnds.Clear();
        _places.Clear();
        Blank();
    }

    /// <summary>The next function that is called at or behind a place, which moves behind its parenthesis; false: there is none.</summary>
    public bool NextCall(ref int at, out ReadOnlySpan<char> name)
    {
        var bare = _bare.Text;
        name = default;
        while (name.IsEmpty && bare[at..].IndexOf('(') is var open and >= 0)
        {
            at += open + 1;
            var before = bare[..(at - 1)].TrimEnd();
            var start = before.Length;
            while (start > 0 && IsOfWord(before[start - 1]))
                start--;
            name = WithoutPrefix(before[start..]);
        }

        return !name.IsEmpty;
    }

    /// <summary>The next word at or behind a place, which moves behind it, if nothing makes a call or a sheet's name of it; false: there is none.</summary>
    /// <param name="isPrefixed">Written as only functions are.</param>
    public bool NextWord(ref int at, out ReadOnlySpan<char> word, out bool isPrefixed)
    {
        var bare = _bare.Text;
        word = default;
        isPrefixed = false;
        while (at < bare.Length && word.IsEmpty)
        {
            var start = at;
            while (at < bare.Length && IsOfWord(bare[at]))
                at++;
            if (at == start)
                at++;
            else if (bare[at..].TrimStart() is not ['(' or '!', ..])
                word = WithoutPrefix(bare[start..at]);
            isPrefixed = word.Length < at - start;
        }

        return !word.IsEmpty;
    }

    /// <summary>Where the texts stand in the argument that starts at a place, without their quotation marks, and where it ends.</summary>
    public (Range Texts, int End) Argument(int start)
    {
        var end = EndOfArgument(start);
        var first = _textStarts.BinarySearch(start);
        first = first < 0 ? ~first : first;
        var last = first;
        while (last < _textStarts.Count && _textEnds[last] <= end)
            last++;
        return (first..last, end);
    }

    /// <summary>One of the texts, its doubled quotation marks as one each.</summary>
    public void CopyText(int index, PooledChars into)
    {
        var text = _text.Text[_textStarts[index].._textEnds[index]];
        for (var quote = text.IndexOf("\"\""); quote >= 0; quote = text.IndexOf("\"\""))
        {
            into.Add(text[..(quote + 1)]);
            text = text[(quote + 2)..];
        }

        into.Add(text);
    }

    public void Dispose()
    {
        _text.Dispose();
        _bare.Dispose();
    }

    /// <summary>Newer functions are written <c>_xlfn.IMAGE</c>, <c>_xlfn._xlws.SORT</c>.</summary>
    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> name) =>
        name.StartsWith("_xl", StringComparison.OrdinalIgnoreCase) ? name[(name.LastIndexOf('.') + 1)..] : name;

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    private void Blank()
    {
        var text = _text.Text;
        // Marks that are not closed are looked for once, not from every one that opens.
        var (isDoubleOpen, isSingleOpen, isBracketOpen) = (false, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var close = text[i] switch { '"' when !isDoubleOpen => '"', '\'' when !isSingleOpen => '\'', '[' when !isBracketOpen => ']', _ => '\0' };
            if (close == '\0')
                continue;
            var end = IndexOf(text, close, i + 1);
            if (end < 0)
            {
                (isDoubleOpen, isSingleOpen, isBracketOpen) = (isDoubleOpen || close == '"', isSingleOpen || close == '\'', isBracketOpen || close == ']');
                continue;
            }

            while (close != ']' && end + 1 < text.Length && text[end + 1] == close && IndexOf(text, close, end + 2) is var next and >= 0)
                end = next;
            if (close == '"')
            {
                _textStarts.Add(i + 1);
                _textEnds.Add(end);
            }
            else if (close == '\'' || i == 0 || !IsInName(text[i - 1]))
            {
                _places.Add((i + 1)..end);
            }

            _bare.Fill(i, end + 1 - i, ' ');
            i = end;
        }
    }

    /// <summary>A table's, before the brackets round a column.</summary>
    private static bool IsInName(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '\\' or '[' or ']' or ',';

    private static int IndexOf(ReadOnlySpan<char> text, char c, int from) => text[from..].IndexOf(c) is var found and >= 0 ? from + found : -1;

    private int EndOfArgument(int start)
    {
        var bare = _bare.Text;
        var depth = 0;
        for (var i = start; i < bare.Length; i++)
        {
            if ((bare[i] == ',' && depth == 0) || (bare[i] == ')' && --depth < 0))
                return i;
            if (bare[i] == '(')
                depth++;
        }

        return bare.Length;
    }
}
