using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gatehouse.Gateway.Fields;

/// <summary>
/// Whom a file is from, in the one form that everything is keyed by: 1 to 64 of <c>[A-Za-z0-9_-]</c>, or <c>email:</c>, <c>phone:</c>, <c>external:</c> with 1 to 255 characters.
/// GUIDs and e-mail addresses are lower-cased, phones are <c>+</c> and digits.
/// </summary>
public sealed record ContactId
{
    private const int MaxPlain = 64;
    private const int MaxAddressed = 255;

    // E.164 has at most 15 digits; the shortest numbers with a country code have 7.
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> BetweenDigits = SearchValues.Create(" -()./");

    private ContactId(string value) => Value = value;

    /// <summary>The normalised form. To stand in a URL it is percent-encoded as one segment.</summary>
    public string Value { get; }

    /// <summary>Null when the text has none of the forms.</summary>
    public static ContactId? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (text.Length is 0 or > MaxPlain || text.AsSpan().ContainsAnyExcept(Plain)) return null;
            return new ContactId(Guid.TryParseExact(text, "D", out _) ? text.ToLowerInvariant() : text);
        }
        var address = text[(colon + 1)..];
        if (address.Length == 0 || !IsWritable(address)) return null;
        var normal = text[..colon] switch
        {
            "email" => Email(address),
            "phone" => Phone(address),
            "external" => address,
            _ => null,
        };
        return normal is null ? null : new ContactId($"{text[..colon]}:{normal}");
    }

    public override string ToString() => Value;

    private static string? Email(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1 || address.AsSpan().ContainsAny(" \t<>")) return null;
        return address.ToLowerInvariant();
    }

    /// <summary>A number with its country code, as E.164 has it: whatever people put between the digits goes, <c>00</c> in front is a plus.</summary>
    private static string? Phone(string number)
    {
        var digits = new StringBuilder(number.Length);
        for (var i = 0; i < number.Length; i++)
        {
            if (char.IsAsciiDigit(number[i])) digits.Append(number[i]);
            else if (!BetweenDigits.Contains(number[i]) && !(i == 0 && number[i] == '+')) return null;
        }
        if (number[0] != '+' && digits.Length > 1 && digits[0] == '0' && digits[1] == '0') digits.Remove(0, 2);
        // No country code begins with 0: such a number is a national one, and nobody knows of which nation.
        return digits.Length is < MinDigits or > MaxDigits || digits[0] == '0' ? null : "+" + digits;
    }

    /// <summary>At most 255 whole characters, however many UTF-16 units they take, none of them a control or a formatting one (bidi overrides, zero width), or the one that stands for bytes that are no UTF-8.</summary>
    private static bool IsWritable(string text)
    {
        var runes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (++runes > MaxAddressed) return false;
            if (!Rune.TryGetRuneAt(text, i, out var rune)) return false;
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) return false;
            if (!rune.IsBmp) i++;
        }
        return true;
    }
}
