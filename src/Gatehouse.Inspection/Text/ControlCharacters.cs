using System.Buffers;
using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>Control characters that no text has, and what their presence tells.</summary>
internal static class ControlCharacters
{
    public const byte EndMark = 0x1A;

    private const int Near = 8;
    private const int Utf16Sample = 2048;

    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c).Where(c => c is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))]);

    public static int IndexIn(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(Forbidden);

    /// <summary>
    /// The refusal for the control character at <paramref name="at"/>: of a file hidden behind text where one begins there, of markup where the bytes
    /// are UTF-16 without a mark, of binary data otherwise.
    /// </summary>
    public static Verdict.Refuse Judge(ReadOnlySpan<byte> window, int at, long windowStart)
    {
        var near = window[Math.Max(0, at - Near)..Math.Min(window.Length, at + Near)];
        if (GuestIn(near) is { } guest && windowStart + at > Near)
            return TextRefusals.SecondFormat(guest, windowStart + at);
        if (MayBeUtf16(window, at, windowStart))
        {
            var isBigEndian = (at & 1) == 0;
            var length = Math.Min(window.Length, Utf16Sample) & ~1;
            var decoded = (isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(window[..length]);
            if (OpeningRules.Judge(Encoding.UTF8.GetBytes(decoded).AsSpan().TrimStart(" \t\r\n\f"u8)) is { } markup)
                return markup;
        }

        return TextRefusals.Binary(windowStart + at);
    }

    private static bool MayBeUtf16(ReadOnlySpan<byte> window, int at, long windowStart) => windowStart == 0 && window[at] == 0 && at < 4;

    private static string? GuestIn(ReadOnlySpan<byte> near)
    {
        if (near.IndexOf("PK\u0003\u0004"u8) >= 0 || near.IndexOf("PK\u0005\u0006"u8) >= 0)
            return "a ZIP archive";
        if (near.IndexOf("Rar!\u001a"u8) >= 0)
            return "a RAR archive";
        if (near.IndexOf((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]) >= 0)
            return "a 7-Zip archive";
        return near.IndexOf("\u007fELF"u8) >= 0 ? "a program" : null;
    }
}
