namespace Gatehouse.Inspection.Text;

/// <summary>Lines of Python (The Python Language Reference, chapters 7 and 8).</summary>
internal static class PythonStatements
{
    public static bool IsOne(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line)
    {
        if (word.SequenceEqual("def"u8) || word.SequenceEqual("class"u8))
            return (line.EndsWith(":"u8) || line.EndsWith("("u8)) && (rest.IndexOf((byte)'(') > 0 || rest.Trim((byte)' ').IndexOf((byte)' ') < 0);
        if (word.SequenceEqual("import"u8))
            return AreModules(rest);
        if (word.SequenceEqual("from"u8))
            return rest.IndexOf(" import "u8) is var at and > 0 && IsModule(rest[..at].Trim((byte)' '));
        if (word.SequenceEqual("if"u8) || word.SequenceEqual("elif"u8) || word.SequenceEqual("while"u8) || word.SequenceEqual("with"u8) || word.SequenceEqual("except"u8))
            return line.EndsWith(":"u8);
        if (word.SequenceEqual("raise"u8) || word.SequenceEqual("assert"u8) || word.SequenceEqual("yield"u8) || word.SequenceEqual("del"u8))
            return rest.StartsWith(" "u8) && Expression.IsOne(rest);
        return word.SequenceEqual("for"u8) && line.EndsWith(":"u8) && rest.IndexOf(" in "u8) > 0;
    }

    private static bool AreModules(ReadOnlySpan<byte> names)
    {
        foreach (var range in names.Split((byte)','))
        {
            if (!IsModule(names[range].Trim((byte)' ')))
                return false;
        }

        return true;
    }

    /// <summary>One dotted name, or one with "as": "import duty" reads so too, which is why one line alone decides nothing.</summary>
    private static bool IsModule(ReadOnlySpan<byte> name)
    {
        if (name.IndexOf(" as "u8) is var alias and > 0)
            name = name[..alias];
        foreach (var c in name)
        {
            if (!Spelling.IsName(c) && c != '.')
                return false;
        }

        return !name.IsEmpty;
    }
}
