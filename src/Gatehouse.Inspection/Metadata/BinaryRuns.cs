using System.Buffers;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// Code in the readable runs of bytes that are no text. A short mark counts only with what must follow it: "&lt;?=" and "&lt;%" with a word, something that a word of code
/// needs to act, and their end or a dozen letters; a tag with an attribute that acts. Each comes by chance less than once in 2^36 bytes, and not in the tables
/// of thumbnails, whose numbers go up like the alphabet.
/// </summary>
internal static class BinaryRuns
{
    private const int LeastRun = 6;
    private const int LeastCode = 4;
    private const int LeastOpenCode = 12;
    private const int LongestCode = 256;

    /// <summary>A call, a command, a variable, or a second word.</summary>
    private static readonly SearchValues<byte> Acting = SearchValues.Create("(`$ "u8);

    private static readonly SearchValues<byte> Controls = SearchValues.Create([0, .. ControlsButZero()]);
    private static readonly SearchValues<byte> ControlsOfText = SearchValues.Create([.. ControlsButZero()]);

    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (var from = 0; ;)
        {
            var found = bytes[from..].IndexOf((byte)'<');
            if (found < 0)
                return ScriptSearch.None;
            var at = from + found;
            var end = bytes[at..].IndexOfAny(Controls);
            var run = end < 0 ? bytes[at..] : bytes.Slice(at, end);
            if (run.Length >= LeastRun && InRun(run) is var inRun and >= 0)
                return at + inRun;
            from = at + run.Length;
        }
    }

    /// <summary>Whether they can be no text, of one byte a character or of two.</summary>
    public static bool HasControls(ReadOnlySpan<byte> bytes) => bytes.ContainsAny(ControlsOfText);

    /// <summary>Where a readable run ends; -1: not in these bytes.</summary>
    public static int FirstControl(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(Controls);

    /// <summary>Right before the last readable run; -1: it began before these bytes.</summary>
    public static int LastControl(ReadOnlySpan<byte> bytes) => bytes.LastIndexOfAny(Controls);

    private static int InRun(ReadOnlySpan<byte> run)
    {
        var (lastPageEnd, lastEchoEnd) = (run.LastIndexOf("%>"u8), run.LastIndexOf("?>"u8));
        for (var at = 0; run[at..].IndexOf((byte)'<') is var found and >= 0; at++)
        {
            at += found;
            var rest = run[at..];
            if (rest.StartsWith("<?="u8) && IsCode(rest[3..], hasEnd: lastEchoEnd >= at + 3))
                return at;
            if (rest.StartsWith("<%"u8) && lastPageEnd >= at + 2 && IsCode(rest[2..].TrimStart("=@!"u8), hasEnd: true))
                return at;
        }

        return ScriptSearch.InTags(run);
    }

    private static bool IsCode(ReadOnlySpan<byte> code, bool hasEnd)
    {
        code = Letters(code[..Math.Min(code.Length, LongestCode)]);
        return code.Length >= (hasEnd ? LeastCode : LeastOpenCode) && (char.IsAsciiLetter((char)code[0]) || " _$`'\"(\\@"u8.Contains(code[0])) && code.ContainsAny(Acting);
    }

    /// <summary>The printable ASCII characters that the bytes begin with.</summary>
    private static ReadOnlySpan<byte> Letters(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        return end < 0 ? bytes : bytes[..end];
    }

    private static IEnumerable<byte> ControlsButZero() =>
        Enumerable.Range(1, 0x1F).Select(c => (byte)c).Where(c => c is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')).Append((byte)0x7F);
}
