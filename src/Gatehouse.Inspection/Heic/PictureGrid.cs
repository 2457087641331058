using System.Buffers.Binary;
using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>A picture put together from tiles (ISO/IEC 23008-12, 6.6.2.3): as many as its rows and columns, and as large as its property says.</summary>
internal static class PictureGrid
{
    private const int ShortLength = 8;
    private const int LongLength = 12;

    public static Verdict.Refuse? Check(IsoFile file, PictureItem item, ReadOnlySpan<byte> data)
    {
        var isLong = data.Length == LongLength;
        if (!isLong && data.Length != ShortLength || data[0] != 0 || (data[1] & 1) != (isLong ? 1 : 0))
            return Wrong(file, item);
        var (rows, columns) = (data[2] + 1, data[3] + 1);
        var (width, height) = isLong
            ? (BinaryPrimitives.ReadUInt32BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data[8..]))
            : (BinaryPrimitives.ReadUInt16BigEndian(data[4..]), BinaryPrimitives.ReadUInt16BigEndian(data[6..]));
        if (!file.IsWithinLimits(width, height))
            return file.Refusals.Pixels(item.Offset, width, height);
        return item.Inputs.Count == rows * columns && item.Size == (width, height) ? null : Wrong(file, item);
    }

    private static Verdict.Refuse Wrong(IsoFile file, PictureItem item) => file.Refusals.Structure(item.Offset, "the tiles that it is made of are wrong");
}
