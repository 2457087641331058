using System.Globalization;

namespace Gatehouse.Inspection.Office;

/// <summary>A part's name (ECMA-376 part 2, 6.2.2 and 7.3.4): one that some reader takes for another part's would be judged as what it is not.</summary>
internal static class PartName
{
    /// <summary>With a character spelled by a percent sign that needs none, with an empty way through folders, or a piece of a part.</summary>
    public static bool StandsForOther(string name)
    {
        for (var i = name.IndexOf('%', StringComparison.Ordinal); i >= 0; i = name.IndexOf('%', i + 1))
        {
            if (i + 2 < name.Length && byte.TryParse(name.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && NeedsNone((char)code))
                return true;
        }

        return name.Split('/').Any(s => s is "." or ".." || (s.StartsWith('[') && s.EndsWith(".piece", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool NeedsNone(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '/' or '\\';
}
