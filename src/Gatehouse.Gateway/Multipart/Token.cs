using System.Buffers;

namespace Gatehouse.Gateway.Multipart;

/// <summary>The token of RFC 9110, section 5.6.2.</summary>
internal static class Token
{
    private static readonly SearchValues<char> Chars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>How many characters at the beginning of the text are a token.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(Chars);
        return end < 0 ? text.Length : end;
    }

    public static bool Is(ReadOnlySpan<char> text) => !text.IsEmpty && Length(text) == text.Length;
}
