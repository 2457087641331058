namespace Gatehouse.Inspection.Office;

/// <summary>A formula as it is written (ECMA-376 part 1, 18.17.2): which functions it calls, and the texts in it.</summary>
internal sealed class FormulaText
{
    private readonly string _bare;
    private readonly List<int> _textStarts = [];
    private readonly List<int> _textEnds = [];

    public FormulaText(string formula)
    {
        Text = formula;
        _bare = Bare();
    }

    public string Text { get; }

    /// <summary>Outside of texts, quoted names of sheets, and columns of tables in brackets.</summary>
    public bool HasBar => _bare.Contains('|', StringComparison.Ordinal);

    /// <summary>Every function that is called, with the place behind its parenthesis.</summary>
    public IEnumerable<(string Name, int Start)> Calls()
    {
        for (var open = _bare.IndexOf('(', StringComparison.Ordinal); open >= 0; open = _bare.IndexOf('(', open + 1))
        {
            var end = open;
            while (end > 0 && char.IsWhiteSpace(_bare[end - 1]))
                end--;
            var start = end;
            while (start > 0 && (char.IsLetterOrDigit(_bare[start - 1]) || _bare[start - 1] is '_' or '.'))
                start--;
            if (start < end)
                yield return (WithoutPrefix(_bare[start..end]).ToUpperInvariant(), open + 1);
        }
    }

    /// <summary>The texts in the argument that starts there, without their quotation marks, and where it ends.</summary>
    public (IReadOnlyList<string> Texts, int End) Argument(int start)
    {
        var end = EndOfArgument(start);
        var texts = new List<string>();
        var found = _textStarts.BinarySearch(start);
        for (var i = found < 0 ? ~found : found; i < _textStarts.Count && _textEnds[i] <= end; i++)
            texts.Add(Text[_textStarts[i].._textEnds[i]].Replace("\"\"", "\"", StringComparison.Ordinal));
        return (texts, end);
    }

    /// <summary>Newer functions are written <c>_xlfn.IMAGE</c>, <c>_xlfn._xlws.SORT</c>.</summary>
    private static string WithoutPrefix(string name) =>
        name.StartsWith("_xl", StringComparison.OrdinalIgnoreCase) ? name[(name.LastIndexOf('.') + 1)..] : name;

    /// <summary>As long as the formula, with blanks for what is quoted.</summary>
    private string Bare()
    {
        var bare = Text.ToCharArray();
        // Marks that are not closed are looked for once, not from every one that opens.
        var unclosed = string.Empty;
        for (var i = 0; i < bare.Length; i++)
        {
            var close = bare[i] switch { '"' => '"', '\'' => '\'', '[' => ']', _ => '\0' };
            if (close == '\0' || unclosed.Contains(close, StringComparison.Ordinal))
                continue;
            var end = Text.IndexOf(close, i + 1);
            if (end < 0)
            {
                unclosed += close;
                continue;
            }

            while (close != ']' && end + 1 < bare.Length && Text[end + 1] == close && Text.IndexOf(close, end + 2) is var next and >= 0)
                end = next;
            if (close == '"')
            {
                _textStarts.Add(i + 1);
                _textEnds.Add(end);
            }

            bare.AsSpan(i, end + 1 - i).Fill(' ');
            i = end;
        }

        return new string(bare);
    }

    private int EndOfArgument(int start)
    {
        var depth = 0;
        for (var i = start; i < _bare.Length; i++)
        {
            if ((_bare[i] == ',' && depth == 0) || (_bare[i] == ')' && --depth < 0))
                return i;
            if (_bare[i] == '(')
                depth++;
        }

        return _bare.Length;
    }
}
