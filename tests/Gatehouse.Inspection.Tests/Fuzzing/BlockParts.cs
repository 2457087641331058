namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Content that has no parts of its own: blocks of sixteen bytes.</summary>
internal static class BlockParts
{
    public static List<byte[]> Split(byte[] file) => [.. file.Chunk(16)];
}
