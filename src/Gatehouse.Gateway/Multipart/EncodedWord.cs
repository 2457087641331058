using System.Text;
using System.Text.Unicode;

namespace Gatehouse.Gateway.Multipart;

/// <summary>RFC 2047's encoded word, <c>=?utf-8?B?…?=</c>, in UTF-8 and base64 or Q: what .NET's HttpClient puts into <c>filename</c> beside <c>filename*</c>.</summary>
internal static class EncodedWord
{
    /// <summary>Null when the text is no such word.</summary>
    public static string? Decode(string text)
    {
        const string Opening = "=?utf-8?";
        // "=?utf-8?B??=" is the shortest: an empty word.
        if (text.Length < Opening.Length + 4 || !text.StartsWith(Opening, StringComparison.OrdinalIgnoreCase) || !text.EndsWith("?=", StringComparison.Ordinal)) return null;
        var encoded = text.AsSpan(Opening.Length + 2, text.Length - Opening.Length - 4);
        if (text[Opening.Length + 1] != '?' || encoded.Contains('?')) return null;

        var bytes = new byte[encoded.Length];
        var count = text[Opening.Length] switch
        {
            'B' or 'b' => Convert.TryFromBase64Chars(encoded, bytes, out var written) ? written : -1,
            'Q' or 'q' => DecodeQ(encoded, bytes),
            _ => -1,
        };
        return count >= 0 && Utf8.IsValid(bytes.AsSpan(0, count)) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static int DecodeQ(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                if (i + 2 >= text.Length || Convert.FromHexString(text.Slice(i + 1, 2), bytes[count..], out _, out _) != System.Buffers.OperationStatus.Done) return -1;
                count++;
                i += 2;
                continue;
            }
            if (!char.IsAscii(text[i])) return -1;
            bytes[count++] = text[i] == '_' ? (byte)' ' : (byte)text[i];
        }
        return count;
    }
}
