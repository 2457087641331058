namespace Gatehouse.Inspection.Text;

/// <summary>Lines of JavaScript (ECMA-262, clause 14).</summary>
internal static class ScriptStatements
{
    public static bool IsOne(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line)
    {
        if (word.SequenceEqual("var"u8) || word.SequenceEqual("let"u8) || word.SequenceEqual("const"u8))
            return Declares(rest);
        if (word.SequenceEqual("function"u8))
            return rest.IndexOf((byte)'(') >= 0 && (line.EndsWith("{"u8) || line.EndsWith("}"u8));
        if (word.SequenceEqual("class"u8))
            return line.EndsWith("{"u8);
        if (word.SequenceEqual("if"u8) || word.SequenceEqual("for"u8) || word.SequenceEqual("while"u8) || word.SequenceEqual("switch"u8))
            return rest.TrimStart((byte)' ').StartsWith("("u8) && Expression.IsOne(rest) && (line.EndsWith("{"u8) || line.EndsWith(")"u8) || line.EndsWith(";"u8));
        if (word.SequenceEqual("return"u8) || word.SequenceEqual("throw"u8))
            return line.EndsWith(";"u8) || line.EndsWith("{"u8) || (!rest.IsEmpty && Expression.IsOne(rest));
        if (word.SequenceEqual("case"u8))
            return line.EndsWith(";"u8) || line.EndsWith("{"u8) || (line.EndsWith(":"u8) && Expression.IsOne(rest));
        if (word.SequenceEqual("import"u8) || word.SequenceEqual("export"u8))
            return line.EndsWith(";"u8) || line.EndsWith("{"u8) || line.EndsWith("'"u8) || line.EndsWith("\""u8);
        return line.EndsWith(";"u8) && rest.TrimStart((byte)' ').StartsWith("="u8);
    }

    /// <summary>A name follows, and then a sign that only a declaration has.</summary>
    private static bool Declares(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        if (rest.StartsWith("{"u8) || rest.StartsWith("["u8))
            return rest.IndexOf((byte)'=') > 0 || rest.Length == 1;
        var length = 0;
        while (length < rest.Length && Spelling.IsName(rest[length]))
            length++;
        var after = rest[length..].TrimStart((byte)' ');
        return length > 0 && (after.StartsWith("="u8) || after.StartsWith(";"u8) || (after.StartsWith(","u8) && after.EndsWith(";"u8)));
    }
}
