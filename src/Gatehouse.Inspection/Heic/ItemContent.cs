using System.Buffers.Binary;
using Gatehouse.Inspection.IsoMedia;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Heic;

/// <summary>What an item holds that is no picture, when it has been gathered: EXIF, XMP, or something else.</summary>
internal static class ItemContent
{
    /// <summary>Of "Exif", behind which one more zero and the TIFF header stand.</summary>
    private const int UsualSkip = 6;

    public static Verdict.Refuse? Judge(IsoFile file, PictureItem item)
    {
        var offset = item.Extents[0].From;
        if (item.Type is "Exif")
            return JudgeExif(file, file.Metadata.Gathered, offset);
        return file.Metadata.Judge(item.IsXml ? MetadataKind.Xmp : MetadataKind.Unknown, offset);
    }

    /// <summary>Four bytes say how far behind them the TIFF header stands (23008-12, A.2.1). Some readers look for it behind "Exif" instead.</summary>
    private static Verdict.Refuse? JudgeExif(IsoFile file, ReadOnlySpan<byte> data, long offset)
    {
        if (data.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(data) is var skip && skip > data.Length - 4)
            return file.Refusals.Structure(offset, "a description is cut off");
        var isUsual = skip == 0 || (skip == UsualSkip && data[4..].StartsWith("Exif\0"u8));
        return file.Metadata.Judge(MetadataKind.Exif, offset, 4) ?? (isUsual ? null : file.Metadata.Judge(MetadataKind.Exif, offset, 4 + (int)skip));
    }
}
