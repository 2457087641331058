using System.Buffers.Binary;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>A box's place in the file (ISO/IEC 14496-12, 4.2): its header, then its content up to <see cref="End"/>.</summary>
/// <param name="Type">Its known name, or null.</param>
internal readonly record struct IsoBox(uint Code, string? Type, long Offset, int HeaderLength, long End)
{
    /// <summary>Size and type, and a size of 64 bits where 32 are too few.</summary>
    public const int ShortHeader = 8;
    public const int LongHeader = 16;

    public long Content => Offset + HeaderLength;

    public long Length => End - Content;

    /// <summary>Null: no header at hand, or a size that does not hold it. <see cref="End"/> may lie beyond the file.</summary>
    /// <param name="header">The box's first bytes, as many as there are, up to 16.</param>
    /// <param name="fileEnd">Where a box of size 0 ends, which only a file's last may be; negative: none may.</param>
    public static IsoBox? Read(ReadOnlySpan<byte> header, long at, long fileEnd)
    {
        if (header.Length < ShortHeader)
            return null;
        var code = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var length = (long)BinaryPrimitives.ReadUInt32BigEndian(header);
        var headerLength = length == 1 ? LongHeader : ShortHeader;
        if (header.Length < headerLength)
            return null;
        length = length switch
        {
            0 => fileEnd - at,
            1 => BinaryPrimitives.ReadInt64BigEndian(header[8..]),
            _ => length,
        };
        return length < headerLength || length > long.MaxValue - at ? null : new IsoBox(code, IsoTypes.NameOf(code), at, headerLength, at + length);
    }
}
