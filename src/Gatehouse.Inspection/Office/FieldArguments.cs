namespace Gatehouse.Inspection.Office;

/// <summary>
/// What stands behind a field's name (ECMA-376 part 1, 17.16.1): arguments in quotation marks or up to a blank, and switches, a backslash with one
/// character. An argument may stand behind a switch, with a blank between or without.
/// </summary>
internal static class FieldArguments
{
    private static readonly char[] Quotes = ['"', '\u201C', '\u201D'];
    private static readonly char[] Ends = [' ', '\t', '\r', '\n', '\u00A0', .. Quotes];

    /// <param name="instruction">Without the field's name.</param>
    /// <param name="valued">Switches whose value is no argument.</param>
    public static IEnumerable<string> Of(string instruction, string valued)
    {
        var isValue = false;
        var rest = instruction;
        while ((rest = rest.TrimStart()).Length > 0)
        {
            if (IsSwitch(rest))
            {
                isValue = valued.Contains(rest[1], StringComparison.OrdinalIgnoreCase);
                rest = rest[2..];
                continue;
            }

            var argument = Next(ref rest);
            if (!isValue)
                yield return argument;
            isValue = false;
        }
    }

    private static bool IsSwitch(string rest) => rest.Length > 1 && rest[0] == '\\' && rest[1] != '\\';

    private static string Next(ref string rest)
    {
        var isQuoted = Quotes.Contains(rest[0]);
        var start = isQuoted ? 1 : 0;
        var end = rest.IndexOfAny(isQuoted ? Quotes : Ends, start);
        var argument = end < 0 ? rest[start..] : rest[start..end];
        rest = end < 0 ? string.Empty : rest[(isQuoted ? end + 1 : end)..];
        return argument;
    }
}
