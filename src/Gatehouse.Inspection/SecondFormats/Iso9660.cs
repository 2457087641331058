namespace Gatehouse.Inspection.SecondFormats;

/// <summary>A disc image's volume descriptor (ECMA-119, 8.1): type, "CD001", version 1.</summary>
internal static class Iso9660
{
    /// <summary>Sixteen sectors of 2,048 bytes stand before the first descriptor; its identifier is its second byte.</summary>
    public const int IdentifierOffset = 0x8001;

    public static bool IsAt(ReadOnlySpan<byte> bytes, int at) =>
        at > 0 && bytes.Length - at > 5 && bytes[at - 1] is 0 or 1 or 2 or 3 or 255 && bytes[at + 5] == 1 && bytes[at..].StartsWith("CD001"u8);
}
