using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Gatehouse.Gateway.Multipart;

/// <summary>The <c>ext-value</c> of RFC 8187, section 3.2.1: <c>UTF-8'en'M%C3%BCller.pdf</c>. UTF-8 only, as its section 3.2.3 asks of senders.</summary>
internal static class ExtendedValue
{
    private static readonly SearchValues<char> AttrChars =
        SearchValues.Create("!#$&+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Null when it is not valid.</summary>
    public static string? Decode(ReadOnlySpan<char> text)
    {
        const string Charset = "utf-8'";
        if (!text.StartsWith(Charset, StringComparison.OrdinalIgnoreCase)) return null;
        text = text[Charset.Length..];
        var quote = text.IndexOf('\'');
        if (quote < 0 || text[..quote].ContainsAnyExcept(AttrChars)) return null;
        text = text[(quote + 1)..];

        var bytes = new byte[text.Length];
        var count = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == '%')
            {
                if (text.Length < 3 || Convert.FromHexString(text.Slice(1, 2), bytes.AsSpan(count), out _, out _) != OperationStatus.Done) return null;
                count++;
                text = text[3..];
                continue;
            }
            var plain = text.IndexOfAnyExcept(AttrChars);
            if (plain == 0) return null;
            if (plain < 0) plain = text.Length;
            count += Encoding.ASCII.GetBytes(text[..plain], bytes.AsSpan(count));
            text = text[plain..];
        }
        return Utf8.IsValid(bytes.AsSpan(0, count)) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }
}
