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
        for (var at = 0; at < instruction.Length;)
        {
            if (char.IsWhiteSpace(instruction[at]))
            {
                at++;
            }
            else if (IsSwitch(instruction, at))
            {
                isValue = valued.Contains(instruction[at + 1], StringComparison.OrdinalIgnoreCase);
                at += 2;
            }
            else
            {
                var argument = Next(instruction, ref at);
                if (!isValue)
                    yield return argument;
                isValue = false;
            }
        }
    }

    private static bool IsSwitch(string instruction, int at) => at + 1 < instruction.Length && instruction[at] == '\\' && instruction[at + 1] != '\\';

    private static string Next(string instruction, ref int at)
    {
        var isQuoted = Quotes.Contains(instruction[at]);
        var start = isQuoted ? at + 1 : at;
        var end = instruction.IndexOfAny(isQuoted ? Quotes : Ends, start);
        at = end < 0 ? instruction.Length : isQuoted ? end + 1 : end;
        return end < 0 ? instruction[start..] : instruction[start..end];
    }
}
