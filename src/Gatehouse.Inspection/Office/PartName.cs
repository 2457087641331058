using System.Globalization;
using System.Text;
using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// An entry's name as a package's part (ECMA-376 part 2, 6.2.2 and 7.3): some names lead other programs to another part than the one that they spell,
/// an escaped one, one in pieces, one with dots for folders. In a package they are refused.
/// </summary>
internal static class PartName
{
    private const string PieceEnd = ".piece";
    private const string LastPieceEnd = ".last.piece";

    private static readonly UInt128 Types = EntryName.Key(ContentTypes.PartName);

    /// <summary>Whether a package's reader may take an entry for its list of types.</summary>
    public static bool IsTypes(string name) => EntryName.Key(WithoutPiece(Unescape(name))) == Types;

    /// <summary>Whether it is none that every reader takes for the same part.</summary>
    public static bool IsAmbiguous(string name) =>
        !string.Equals(WithoutPiece(Unescape(name)), name, StringComparison.Ordinal) || name.Split('/').Any(s => s.EndsWith('.'));

    /// <summary>A part may be laid between others in pieces, "part/[0].piece" to "part/[9].last.piece" (7.3.5).</summary>
    private static string WithoutPiece(string name)
    {
        var segment = name.LastIndexOf("/[", StringComparison.Ordinal);
        if (segment < 0)
            return name;
        var piece = name.AsSpan(segment + 2);
        var digits = piece.IndexOfAnyExceptInRange('0', '9');
        var isPiece = digits > 0 && piece[digits] == ']' && IsEnd(piece[(digits + 1)..]);
        return isPiece ? name[..segment] : name;
    }

    private static bool IsEnd(ReadOnlySpan<char> end) =>
        end.Equals(PieceEnd, StringComparison.OrdinalIgnoreCase) || end.Equals(LastPieceEnd, StringComparison.OrdinalIgnoreCase);

    /// <summary>What needs no escape (RFC 3986, 2.3), the slashes that a name may not escape, and the list's brackets.</summary>
    private static string Unescape(string name)
    {
        if (!name.Contains('%', StringComparison.Ordinal))
            return name;
        var plain = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '%' && NeedlessEscape(name.AsSpan(i + 1)) is { } character)
            {
                plain.Append(character);
                i += 2;
            }
            else
            {
                plain.Append(name[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>The character that stands behind the percent sign; null: none, or one that has to be escaped.</summary>
    private static char? NeedlessEscape(ReadOnlySpan<char> escape)
    {
        if (escape.Length < 2 || !byte.TryParse(escape[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return null;
        return char.IsAsciiLetterOrDigit((char)value) || "-._~/\\[]".Contains((char)value, StringComparison.Ordinal) ? (char)value : null;
    }
}
