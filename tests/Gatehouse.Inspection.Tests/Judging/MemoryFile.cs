namespace Gatehouse.Inspection.Tests.Judging;

/// <summary>A file's content in memory.</summary>
internal sealed class MemoryFile(byte[] bytes) : IFileContent
{
    public long Length => bytes.Length;

    public int ReadAt(long offset, Span<byte> into)
    {
        if (offset >= bytes.Length)
            return 0;
        var part = bytes.AsSpan((int)offset);
        part = part[..Math.Min(part.Length, into.Length)];
        part.CopyTo(into);
        return part.Length;
    }
}
