using System.Buffers;

namespace Gatehouse.Simulator;

/// <summary>What a contact can be looked up by, as one text: <c>email:joe@example.com</c>, <c>phone:+17042984733</c>, <c>external:A-17</c>, or the identifier's type and a colon before its value.</summary>
internal static class ContactAlias
{
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 -.()");

    public static string Of(string type, string value) => type switch
    {
        "Email" => "email:" + value.Trim().ToLowerInvariant(),
        "Phone" => "phone:" + Digits(value),
        "ExternalId" => "external:" + value,
        _ => type.ToLowerInvariant() + ":" + value,
    };

    /// <summary>A phone number with its country's code: a plus sign and digits, with the spaces and signs that people put between them.</summary>
    public static bool IsPhone(string value) => value.StartsWith('+') && Digits(value).Length is >= 8 and <= 16 && !value.AsSpan(1).ContainsAnyExcept(InNumbers);

    private static string Digits(string value) => string.Concat("+", string.Concat(value.Where(char.IsAsciiDigit)));
}
