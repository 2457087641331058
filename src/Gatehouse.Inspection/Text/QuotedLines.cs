namespace Gatehouse.Inspection.Text;

/// <summary>
/// Lines that say nothing of what a text is, since they stand in something: a comment or a Python string of several lines, which are a program's prose;
/// a fenced or literal block (CommonMark 4.5, reStructuredText), which is prose's program.
/// </summary>
/// <param name="onlyComments">What other quotes hold is read as if it stood there by itself.</param>
internal sealed class QuotedLines(bool onlyComments)
{
    private Quote _in;
    private byte _string;
    private int _indent = -1;
    private bool _hasBegun;

    public bool IsInComment => _in == Quote.Comment;

    /// <summary>Where the text ends so, none began: three quotes stood in a string of another kind.</summary>
    public bool IsInString => _in == Quote.String;

    /// <summary>The text's first line that holds anything is a fence: a shell runs on behind it.</summary>
    public bool BeginsWithFence { get; private set; }

    private enum Quote
    {
        None,
        Comment,
        String,
        Fence,
        LiteralAhead,
        Literal,
    }

    /// <summary>Whether the line is part of a quote, or opens or closes one by itself.</summary>
    /// <param name="raw">With its indentation, of which <paramref name="line"/> is free.</param>
    public bool Holds(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> line)
    {
        var holds = Reads(raw, line);
        _hasBegun |= !line.IsEmpty;
        return holds;
    }

    private bool Reads(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> line)
    {
        switch (_in)
        {
            case Quote.Comment:
                _in = line.IndexOf("*/"u8) >= 0 ? Quote.None : _in;
                return true;
            case Quote.Fence:
                _in = line.StartsWith("```"u8) || line.StartsWith("~~~"u8) ? Quote.None : _in;
                return true;
            case Quote.String:
                _in = IsOdd(line, _string) ? Quote.None : _in;
                return true;
            case Quote.LiteralAhead or Quote.Literal when line.IsEmpty:
                return true;
            case Quote.LiteralAhead or Quote.Literal when raw.Length - raw.TrimStart(" \t"u8).Length > _indent:
                _in = Quote.Literal;
                return true;
            default:
                _in = Quote.None;
                return Opens(raw, line);
        }
    }

    private bool Opens(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("/*"u8))
            return Enter(line.IndexOf("*/"u8) < 0 ? Quote.Comment : Quote.None);
        if (line.StartsWith("```"u8) || line.StartsWith("~~~"u8))
        {
            BeginsWithFence |= !_hasBegun;
            return Enter(onlyComments ? Quote.None : Quote.Fence);
        }

        // A comment quotes nothing.
        if (onlyComments || line.StartsWith("//"u8) || line.StartsWith("#"u8))
            return false;
        if (line.EndsWith("::"u8))
        {
            _indent = raw.Length - raw.TrimStart(" \t"u8).Length;
            Enter(Quote.LiteralAhead);
            return line.Length == 2;
        }

        _string = line.IndexOf("\"\"\""u8) >= 0 ? (byte)'"' : (byte)'\'';
        if (IsOdd(line, _string))
            Enter(Quote.String);
        // A string by itself documents what it stands in.
        var text = line.TrimStart("rRuU"u8);
        return text.StartsWith("\"\"\""u8) || text.StartsWith("'''"u8);
    }

    private bool Enter(Quote quote)
    {
        _in = quote;
        return true;
    }

    /// <summary>Three quotes, an odd number of times.</summary>
    private static bool IsOdd(ReadOnlySpan<byte> line, byte quote)
    {
        ReadOnlySpan<byte> three = [quote, quote, quote];
        var count = 0;
        for (; line.IndexOf(three) is var at and >= 0; line = line[(at + 3)..])
            count++;
        return (count & 1) == 1;
    }
}
