using System.Buffers.Binary;

namespace Gatehouse.Inspection.Metadata;

/// <summary>Photoshop's image resource blocks (Adobe Photoshop file formats, "Image Resource Blocks") and the IPTC strings in them (IPTC-IIM 4.2, 1.5).</summary>
internal static class PhotoshopValues
{
    private const ushort Caption = 0x03F0;
    private const ushort Iptc = 0x0404;
    private const ushort Url = 0x040B;
    private const ushort IccProfile = 0x040F;
    private const ushort Exif = 0x0422;
    private const ushort Xmp = 0x0424;

    /// <summary>Where a value with a script is, or <see cref="ScriptSearch.None"/>.</summary>
    public static int Find(ReadOnlySpan<byte> resources)
    {
        for (var at = 0; at + 12 <= resources.Length && resources[at..].StartsWith("8BIM"u8);)
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(resources[(at + 4)..]);
            var data = at + 6 + Even(1 + resources[at + 6]);
            if (data + 4 > resources.Length)
                break;
            var size = BinaryPrimitives.ReadUInt32BigEndian(resources[data..]);
            data += 4;
            if (size > resources.Length - data)
                break;
            if (HasScript(id, resources.Slice(data, (int)size)))
                return data;
            at = data + Even((int)size);
        }

        return ScriptSearch.None;
    }

    public static int FindInIptc(ReadOnlySpan<byte> iptc)
    {
        for (var at = 0; at + 5 <= iptc.Length && iptc[at] == 0x1C;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(iptc[(at + 3)..]);
            at += 5;

            // The top bit announces a longer form, in which binary objects are kept.
            if (length > 0x7FFF || length > iptc.Length - at)
                break;
            if (ScriptSearch.InText(iptc.Slice(at, length)) >= 0)
                return at;
            at += length;
        }

        return ScriptSearch.None;
    }

    private static bool HasScript(ushort id, ReadOnlySpan<byte> data) => id switch
    {
        Caption or Url => ScriptSearch.InText(data) >= 0,
        Iptc => FindInIptc(data) >= 0,
        IccProfile => IccValues.Find(data) >= 0,
        Exif => ExifValues.Find(data) >= 0,
        Xmp => XmpValues.HasScript(data),
        _ => false,
    };

    private static int Even(int length) => (length + 1) & ~1;
}
