namespace Gatehouse.Simulator;

/// <summary>Images that every browser shows and none of them runs.</summary>
internal static class ImageKind
{
    public static bool IsShown(string? mime) => mime is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    /// <summary>The type that the bytes themselves begin as: what a caller says of them is not sent on to a browser.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return "image/gif";
        return bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp" : null;
    }
}
