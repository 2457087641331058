namespace Gatehouse.Inspection.Text;

/// <summary>
/// Whether lines read as a program: most are statements of JavaScript, Python or a shell. Prose that quotes some, a log, a
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

    /// <summary>Whether these lines, as a whole, are a program's; null: nothing is said in them.</summary>
    /// <param name="text">Begins with a line.</param>
    /// <param name="isWhole">Nothing stands before or behind them.</param>
    /// <param name="isInComment">Whether the end of them is in one of several lines.</param>
    public static bool? Reads(ReadOnlySpan<byte> text, bool isWhole, out bool isInComment)
    {
        var quoted = new QuotedLines(onlyComments: false);
        var counted = Count(text, quoted);
        isInComment = quoted.IsInComment;
        if (isWhole && !counted.IsProgram && (quoted.IsInString || (counted.Lines == 0 && quoted.BeginsWithFence)))
            counted = Count(text, new QuotedLines(onlyComments: true));
        return counted.Lines == 0 ? null : counted.IsProgram;
    }

    private static Counted Count(ReadOnlySpan<byte> text, QuotedLines quoted)
    {
        int lines = 0, code = 0, statements = 0;
        bool wasCode = false, goesOn = false;
        while (!text.IsEmpty && (lines < EnoughLines || statements * 10 >= lines))
        {
            // What begins with the second byte of CR LF is an empty line, which says nothing.
            var end = text.IndexOfAny((byte)'\r', (byte)'\n');
            var raw = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var line = raw.Trim(" \t"u8);
            if (quoted.Holds(raw, line))
                continue;
            var kind = line.Length > LongLine ? Minified(line) : StatementLine.Kind(line);
            if (kind == LineKind.Blank)
                continue;
            if (kind != LineKind.Prose)
                code++;
            if (kind == LineKind.Statement)
                statements += line.Length > LongLine ? 2 : 1;
            // What a statement lists in further lines is neither.
            var isPart = kind == LineKind.Prose && (goesOn || (wasCode && IsContinuation(line)));
            if (!isPart)
                lines++;
            wasCode = kind != LineKind.Prose || isPart;
            goesOn = wasCode && GoesOn(line);
        }

        return new Counted(lines, code, statements);
    }

    /// <param name="Lines">That say anything.</param>
    private readonly record struct Counted(int Lines, int Code, int Statements)
    {
        /// <summary>One line decides nothing, but a minifier's: "import duty" is Python too.</summary>
        public bool IsProgram => Statements >= 2 && Statements * 100 >= Lines * PlainStatements && Code * 100 >= Lines * CodeLines;
    }

    /// <summary>The line ends where something must follow.</summary>
    private static bool GoesOn(ReadOnlySpan<byte> line)
    {
        if (line[^1] != '{')
            return "([,\\+=|&?"u8.Contains(line[^1]);
        // An object, or a list of names; a block's lines are judged.
        var before = line[..^1].TrimEnd((byte)' ');
        return before.EndsWith("import"u8) || before.EndsWith("export"u8) || before.EndsWith("return"u8) || (!before.IsEmpty && "=([,:?"u8.Contains(before[^1]));
    }

    /// <summary>It begins with an operator that stands between two lines.</summary>
    private static bool IsContinuation(ReadOnlySpan<byte> line) =>
        line.StartsWith("? "u8) || line.StartsWith(": "u8) || line.StartsWith("&& "u8) || line.StartsWith("|| "u8);

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
