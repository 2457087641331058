namespace Gatehouse.Inspection.Jpeg;

/// <summary>A part of a file as a file of its own.</summary>
internal sealed class FilePart(IFileContent file, long offset, long length) : IFileContent
{
    public long Length => length;

    public int ReadAt(long at, Span<byte> into) =>
        at >= length ? 0 : file.ReadAt(offset + at, into[..(int)Math.Min(into.Length, length - at)]);
}
