namespace Gatehouse.Inspection.Text;

/// <summary>Reads one trimmed line as a programmer would.</summary>
internal static class StatementLine
{
    public static LineKind Kind(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || IsComment(line))
            return LineKind.Blank;
        if (IsCloser(line))
            return LineKind.Code;
        var word = FirstWord(line);
        if (word.IsEmpty)
            return LineKind.Prose;
        var rest = line[word.Length..];
        if (ScriptStatements.IsOne(word, rest, line) || PythonStatements.IsOne(word, rest, line) || ShellStatements.IsOne(word, rest, line) || IsCall(rest, line))
            return LineKind.Statement;
        return IsAssignment(rest) ? LineKind.Code : LineKind.Prose;
    }

    private static bool IsComment(ReadOnlySpan<byte> line) =>
        line.StartsWith("//"u8) || line.StartsWith("/*"u8) || line.StartsWith("*/"u8) || line.SequenceEqual("*"u8) || line.StartsWith("* "u8) || line[0] == '#';

    private static bool IsCloser(ReadOnlySpan<byte> line) =>
        line[0] is (byte)'}' or (byte)')' or (byte)']' or (byte)'{'
        || line.SequenceEqual("fi"u8) || line.SequenceEqual("done"u8) || line.SequenceEqual("esac"u8) || line.SequenceEqual("then"u8)
        || line.SequenceEqual("do"u8) || line.SequenceEqual("else"u8) || line.SequenceEqual("else:"u8) || line.SequenceEqual("try:"u8);

    /// <summary>A name, with the dots of a path in it.</summary>
    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (length < line.Length && (Spelling.IsName(line[length]) || (line[length] == '.' && length > 0 && length + 1 < line.Length && Spelling.IsName(line[length + 1]))))
            length++;
        return line[..length];
    }

    /// <summary>"name(…)" that fills the line, with or without a semicolon: no blank before the bracket, as prose has.</summary>
    private static bool IsCall(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line) =>
        rest.StartsWith("("u8) && (line.EndsWith(");"u8) || line.EndsWith(")"u8) || line.EndsWith("{"u8) || line.EndsWith("("u8));

    private static bool IsAssignment(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        return rest.StartsWith("="u8) || rest.StartsWith("+="u8) || rest.StartsWith(": "u8);
    }
}
