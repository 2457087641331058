using System.Buffers.Binary;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>A picture behind the first one, as the multi-picture index declares it (CIPA DC-007, 5.2.3).</summary>
/// <param name="Offset">In the file.</param>
internal readonly record struct MultiPicture(long Offset, uint Size)
{
    private const int MaxPictures = 64;
    private const int EntryLength = 16;
    private const ushort EntriesTag = 0xB002;

    public static ReadOnlySpan<byte> Name => "MPF\0"u8;

    /// <param name="index">A TIFF header, from which offsets count, and the index directory.</param>
    /// <param name="offset">Of the header in the file.</param>
    /// <returns>In order of their place; empty for an index that cannot be read.</returns>
    public static IReadOnlyList<MultiPicture> ReadIndex(ReadOnlySpan<byte> index, long offset)
    {
        var isBigEndian = index.StartsWith("MM\0*"u8);
        if (index.Length < 8 || !(isBigEndian || index.StartsWith("II*\0"u8)))
            return [];
        var directory = Word(index, 4, isBigEndian);
        if (directory > index.Length - 2)
            return [];
        var tags = Half(index, (int)directory, isBigEndian);
        for (var at = (int)directory + 2; tags > 0 && at + 12 <= index.Length; tags--, at += 12)
        {
            if (Half(index, at, isBigEndian) == EntriesTag)
                return ReadEntries(index, Word(index, at + 8, isBigEndian), Word(index, at + 4, isBigEndian), isBigEndian, offset);
        }

        return [];
    }

    private static MultiPicture[] ReadEntries(ReadOnlySpan<byte> index, uint start, uint length, bool isBigEndian, long offset)
    {
        if (start > index.Length || length > index.Length - start || length > MaxPictures * EntryLength)
            return [];
        var pictures = new List<MultiPicture>();
        for (var at = (int)start; at + EntryLength <= start + length; at += EntryLength)
        {
            // The first picture's own offset is zero (5.2.3.3.3): it is the one being walked.
            var relative = Word(index, at + 8, isBigEndian);
            if (relative != 0)
                pictures.Add(new MultiPicture(offset + relative, Word(index, at + 4, isBigEndian)));
        }

        return [.. pictures.OrderBy(p => p.Offset)];
    }

    private static ushort Half(ReadOnlySpan<byte> bytes, int at, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
