using Gatehouse.Inspection;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>A sample as the file that it would be in pooled memory or the spool.</summary>
internal sealed class SampleContent(byte[] bytes) : IFileContent
{
    public long Length => bytes.Length;

    public int ReadAt(long offset, Span<byte> into)
    {
        var part = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
        part = part[..Math.Min(part.Length, into.Length)];
        part.CopyTo(into);
        return part.Length;
    }
}
