namespace Gatehouse.Inspection.Text;

/// <summary>
/// Whether a text as a whole reads as a program: most of its lines are statements of JavaScript, Python or a shell. Prose that quotes some, a log, a
/// table or a configuration file is none.
/// </summary>
internal static class ProgramText
{
    /// <summary>Of a hundred lines that say anything.</summary>
    private const int CodeLines = 70;

    /// <summary>Of a hundred lines; the rest may be assignments, brackets and closers, which configuration files have too.</summary>
    private const int PlainStatements = 25;

    /// <summary>Where so many lines have hardly a statement among them, the rest is not read.</summary>
    private const int EnoughLines = 40;

    /// <summary>Lines longer than this come from a minifier, or are prose without line ends.</summary>
    private const int LongLine = 500;

    public static Verdict.Refuse? Judge(ReadOnlySpan<byte> text)
    {
        int lines = 0, code = 0, statements = 0;
        while (!text.IsEmpty && (lines < EnoughLines || statements * 10 >= lines))
        {
            var end = text.IndexOf((byte)'\n');
            var raw = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var line = raw.Trim(" \t\r"u8);
            switch (line.Length > LongLine ? Minified(line) : StatementLine.Kind(line))
            {
                case LineKind.Blank:
                    break;
                case LineKind.Prose:
                    lines++;
                    break;
                case LineKind.Code:
                    lines++;
                    code++;
                    break;
                case LineKind.Statement:
                    lines++;
                    code++;
                    statements++;
                    break;
            }
        }

        // One line decides nothing: "import duty" is Python too.
        var reads = statements >= 2 && statements * 100 >= lines * PlainStatements && code * 100 >= lines * CodeLines;
        return reads ? TextRefusals.Script("text/x-script", "a program", 0) : null;
    }

    /// <summary>Where one byte in twelve is a bracket, a semicolon or an equals sign, and functions are written, a minifier wrote the line.</summary>
    private static LineKind Minified(ReadOnlySpan<byte> line)
    {
        var signs = line.Count((byte)'(') + line.Count((byte)')') + line.Count((byte)'{') + line.Count((byte)'}') + line.Count((byte)';') + line.Count((byte)'=');
        return signs * 12 > line.Length && (line.IndexOf("function"u8) >= 0 || line.IndexOf("=>"u8) >= 0 || line.IndexOf("return"u8) >= 0)
            ? LineKind.Statement
            : LineKind.Prose;
    }
}

/// <summary>What a line says: nothing, prose, code that other texts have too, or a statement of a program.</summary>
internal enum LineKind
{
    Blank,
    Prose,
    Code,
    Statement,
}
