using System.Buffers.Binary;
using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>Pictures laid over each other on a canvas (ISO/IEC 23008-12, 6.6.2.2): a place for each, and a canvas as large as its property says.</summary>
internal static class PictureOverlay
{
    /// <summary>Version and flags, and the canvas' colour, four numbers of two bytes.</summary>
    private const int Header = 10;

    public static Verdict.Refuse? Check(IsoFile file, PictureItem item, ReadOnlySpan<byte> data)
    {
        if (data.Length < Header || data[0] != 0)
            return Wrong(file, item);
        var numberLength = (data[1] & 1) == 0 ? 2 : 4;
        if (data.Length != Header + (2 * numberLength * (1 + item.Inputs.Count)))
            return Wrong(file, item);
        var (width, height) = (Number(data[Header..], numberLength), Number(data[(Header + numberLength)..], numberLength));
        if (!file.IsWithinLimits(width, height))
            return file.Refusals.Pixels(item.Offset, width, height);
        return item.Size == (width, height) ? null : Wrong(file, item);
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int length) =>
        length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static Verdict.Refuse Wrong(IsoFile file, PictureItem item) => file.Refusals.Structure(item.Offset, "the pictures that it is laid out of are wrong");
}
