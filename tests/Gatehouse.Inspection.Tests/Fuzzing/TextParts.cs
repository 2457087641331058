namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A text's lines; it has nothing to repair.</summary>
internal static class TextParts
{
    public static bool IsUtf16(byte[] file) => file is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    public static List<byte[]> Split(byte[] file)
    {
        var parts = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var end = file.AsSpan(at).IndexOf((byte)'\n');
            var length = end < 0 ? file.Length - at : end + 1;
            parts.Add(file[at..(at + length)]);
            at += length;
        }

        return parts;
    }
}
