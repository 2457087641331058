namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// <c>&lt;?php</c> and a blank, which makes whatever file holds it a program for PHP. Six bytes that pixels have by chance once in 2^43 places, so that they count
/// anywhere.
/// </summary>
internal static class PhpOpening
{
    private const int Length = 6;

    /// <summary>Where the first one is, or <see cref="ScriptSearch.None"/>.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf("<?"u8) is var found and >= 0; at++)
        {
            at += found;
            if (bytes.Length - at >= Length && IsAt(bytes[at..]))
                return at;
        }

        return ScriptSearch.None;
    }

    private static bool IsAt(ReadOnlySpan<byte> bytes) =>
        (bytes[2] | 0x20) == 'p' && (bytes[3] | 0x20) == 'h' && (bytes[4] | 0x20) == 'p' && (bytes[5] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');
}
