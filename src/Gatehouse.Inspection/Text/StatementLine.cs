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
        if (IsDecorator(line) || IsTerminated(line))
            return LineKind.Statement;
        // "  .then(…)": a chain of calls goes on.
        if (line[0] == '.')
            return line.Length > 1 && Spelling.IsName(line[1]) ? KindOf(line[1..]) : LineKind.Prose;
        return KindOf(WithoutModifiers(line));
    }

    private static LineKind KindOf(ReadOnlySpan<byte> line)
    {
        var word = FirstWord(line);
        if (word.IsEmpty)
            return LineKind.Prose;
        var rest = line[word.Length..];
        if (ScriptStatements.IsOne(word, rest, line) || PythonStatements.IsOne(word, rest, line) || ShellStatements.IsOne(word, rest, line) || IsCall(rest, line))
            return LineKind.Statement;
        return Assigned(rest) is { IsEmpty: false } value ? KindOfAssignment(rest, value) : LineKind.Prose;
    }

    private static bool IsComment(ReadOnlySpan<byte> line) =>
        line.StartsWith("//"u8) || line.StartsWith("/*"u8) || line.StartsWith("*/"u8) || line.SequenceEqual("*"u8) || line.StartsWith("* "u8) || line[0] == '#';

    private static bool IsCloser(ReadOnlySpan<byte> line) =>
        line[0] is (byte)'}' or (byte)')' or (byte)']' or (byte)'{'
        || line.SequenceEqual("fi"u8) || line.SequenceEqual("done"u8) || line.SequenceEqual("esac"u8) || line.SequenceEqual("then"u8)
        || line.SequenceEqual("do"u8) || line.SequenceEqual("else"u8) || line.SequenceEqual("else:"u8) || line.SequenceEqual("try:"u8)
        || line.SequenceEqual("finally:"u8) || line.SequenceEqual("pass"u8) || line.SequenceEqual("break"u8) || line.SequenceEqual("continue"u8)
        || line.SequenceEqual("return"u8) || line.SequenceEqual("default:"u8);

    /// <summary>"@name" or "@name(…)".</summary>
    private static bool IsDecorator(ReadOnlySpan<byte> line)
    {
        if (line[0] != '@')
            return false;
        var name = FirstWord(line[1..]);
        var rest = line[(name.Length + 1)..];
        return !name.IsEmpty && (rest.IsEmpty || rest[0] == '(');
    }

    /// <summary>An expression that does something, and its semicolon.</summary>
    private static bool IsTerminated(ReadOnlySpan<byte> line) =>
        line[^1] == ';' && Expression.IsOne(line) && (line.IndexOfAny("(=+"u8) >= 0 || line[0] is (byte)'"' or (byte)'\'');

    /// <summary>"async", "export default" and others may stand before what is said.</summary>
    private static ReadOnlySpan<byte> WithoutModifiers(ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < 3; i++)
        {
            var word = FirstWord(line);
            if (word.Length == line.Length || line[word.Length] != ' ' || !IsModifier(word))
                break;
            line = line[word.Length..].TrimStart((byte)' ');
        }

        return line;
    }

    private static bool IsModifier(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("async"u8) || word.SequenceEqual("await"u8) || word.SequenceEqual("static"u8) || word.SequenceEqual("get"u8) || word.SequenceEqual("set"u8)
        || word.SequenceEqual("export"u8) || word.SequenceEqual("default"u8) || word.SequenceEqual("new"u8) || word.SequenceEqual("void"u8);

    /// <summary>A name, with the dots of a path in it.</summary>
    private static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (length < line.Length && (Spelling.IsName(line[length]) || (line[length] == '.' && length > 0 && length + 1 < line.Length && Spelling.IsName(line[length + 1]))))
            length++;
        return line[..length];
    }

    /// <summary>"name(…)" that fills the line, or goes on in the next: no blank before the bracket, as prose has.</summary>
    private static bool IsCall(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line) =>
        rest.StartsWith("("u8) && Expression.IsOne(rest)
        && (line.EndsWith(");"u8) || line.EndsWith(")"u8) || line.EndsWith("{"u8) || line.Count((byte)'(') > line.Count((byte)')'));

    /// <summary>A configuration file has assignments too, but calls nothing in them.</summary>
    private static LineKind KindOfAssignment(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> value)
    {
        var name = FirstWord(WithoutModifiers(value));
        var called = WithoutModifiers(value)[name.Length..];
        return rest[0] != ':' && !name.IsEmpty && called.StartsWith("("u8) && Expression.IsOne(value) ? LineKind.Statement : LineKind.Code;
    }

    /// <summary>What stands behind the sign of an assignment, or behind a property's colon; empty: it is none.</summary>
    private static ReadOnlySpan<byte> Assigned(ReadOnlySpan<byte> rest)
    {
        // "name[…] = …"
        while (rest.StartsWith("["u8) && rest.IndexOf((byte)']') is var end and > 0)
            rest = rest[(end + 1)..];
        rest = rest.TrimStart((byte)' ');
        if (rest.StartsWith(": "u8))
            return rest[2..];
        var sign = rest.IndexOf((byte)'=');
        return sign is 0 or 1 && (sign == 0 || "+-*/|&%:"u8.Contains(rest[0])) ? rest[sign..].TrimStart("= "u8) : default;
    }
}
