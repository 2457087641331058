using System.Buffers.Binary;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>
/// Samsung's extra data behind a photo: blocks, then a directory (<c>SEFH</c>, version, count, entries of twelve bytes: type, distance back from the
/// directory, length), the directory's length and <c>SEFT</c>. Believed only when blocks and directory fill the tail without a gap.
/// </summary>
internal static class SamsungTrailer
{
    private const int FooterLength = 8;
    private const int HeadLength = 12;
    private const int EntryLength = 12;
    private const int MaxEntries = 128;

    /// <summary>The blocks, or null when the tail from <paramref name="from"/> on is no such data.</summary>
    public static IReadOnlyList<(long Offset, long Length)>? Find(IFileContent file, long from)
    {
        Span<byte> footer = stackalloc byte[FooterLength];
        if (file.Length - from < FooterLength + HeadLength || file.ReadAt(file.Length - FooterLength, footer) < FooterLength || !footer[4..].SequenceEqual("SEFT"u8))
            return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(footer);
        var start = file.Length - FooterLength - length;
        if (length is < HeadLength or > HeadLength + (MaxEntries * EntryLength) || start < from)
            return null;
        Span<byte> directory = stackalloc byte[HeadLength + (MaxEntries * EntryLength)];
        directory = directory[..(int)length];
        if (file.ReadAt(start, directory) < length || !directory.StartsWith("SEFH"u8))
            return null;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(directory[8..]);
        return length == HeadLength + (count * EntryLength) ? ReadBlocks(directory[HeadLength..], from, start) : null;
    }

    private static (long Offset, long Length)[]? ReadBlocks(ReadOnlySpan<byte> entries, long from, long directoryStart)
    {
        var blocks = new List<(long Offset, long Length)>();
        for (; !entries.IsEmpty; entries = entries[EntryLength..])
            blocks.Add((directoryStart - BinaryPrimitives.ReadUInt32LittleEndian(entries[4..]), BinaryPrimitives.ReadUInt32LittleEndian(entries[8..])));
        blocks.Sort();
        var at = from;
        foreach (var (offset, length) in blocks)
        {
            if (offset != at)
                return null;
            at += length;
        }

        return at == directoryStart ? [.. blocks] : null;
    }
}
