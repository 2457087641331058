namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// <c>&lt;?php</c> and a blank, which makes whatever file holds it a program for PHP. Six bytes that pixels have by chance once in 2^43 places, so that they count
/// anywhere.
/// </summary>
internal static class PhpOpening
{
    private const int Length = 6;

    /// <summary>What it begins with, in either case.</summary>
    public static byte[][] Prefixes => [[.. "<?p"u8], [.. "<?P"u8]];

    public static bool IsAt(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length && bytes.StartsWith("<?"u8) && (bytes[2] | 0x20) == 'p' && (bytes[3] | 0x20) == 'h' && (bytes[4] | 0x20) == 'p'
        && (bytes[5] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');
}
