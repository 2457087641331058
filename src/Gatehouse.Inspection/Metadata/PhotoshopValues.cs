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
    private const int MostLengthBytes = 4;

    /// <summary>IPTC-IIM 4.2, 1.4: what a data set is about.</summary>
    private const int LastRecord = 9;

    /// <summary>Where a value with a script is, or <see cref="ScriptSearch.None"/>. Other programs' blocks begin with other signatures.</summary>
    /// <param name="resources">The blocks.</param>
    /// <param name="budget">For values in them that may overlap.</param>
    /// <param name="isInExif">EXIF in these is not walked again: no file is nested so, and each level could be read four times.</param>
    public static int Find(ReadOnlySpan<byte> resources, ref ValueBudget budget, bool isInExif = false)
    {
        for (var at = 0; at + 12 <= resources.Length && IsSignature(resources[at..]);)
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(resources[(at + 4)..]);
            var data = at + 6 + Even(1 + resources[at + 6]);
            if (data + 4 > resources.Length)
                break;
            if (ScriptSearch.InText(resources[(at + 7)..data]) >= 0)
                return at;
            var size = BinaryPrimitives.ReadUInt32BigEndian(resources[data..]);
            data += 4;
            var isWhole = size <= resources.Length - data;
            if (HasScript(isInExif && id == Exif ? (ushort)0 : id, isWhole ? resources.Slice(data, (int)size) : resources[data..], ref budget))
                return data;
            if (!isWhole)
                break;
            at = data + Even((int)size);
        }

        return ScriptSearch.None;
    }

    /// <summary>
    /// What stands between the data sets is stepped over, as some readers do. One of extended length holds a binary object, but others are seen in it by readers that do not
    /// know such lengths.
    /// </summary>
    public static int FindInIptc(ReadOnlySpan<byte> iptc, ref ValueBudget budget)
    {
        var objectEnd = 0;
        for (var at = 0; at < iptc.Length && iptc[at..].IndexOf((byte)0x1C) is var found and >= 0;)
        {
            at += found;
            if (at + 5 > iptc.Length)
                break;
            if (at < objectEnd && iptc[at + 1] is 0 or > LastRecord)
            {
                at++;
                continue;
            }

            long length = BinaryPrimitives.ReadUInt16BigEndian(iptc[(at + 3)..]);
            at += 5;
            var isExtended = length > 0x7FFF;
            if (isExtended)
                length = ExtendedLength(iptc, (int)length & 0x7FFF, ref at);
            var value = iptc.Slice(at, (int)Math.Min(length, iptc.Length - at));
            if (!isExtended)
            {
                if (ScriptSearch.InText(value) >= 0)
                    return at;
                at += value.Length;
                continue;
            }

            if (!budget.TrySpend(value.Length))
                break;
            if (ScriptSearch.InUnknown(value) >= 0)
                return at;
            objectEnd = at + value.Length;
        }

        return ScriptSearch.None;
    }

    /// <summary>The top bit announces the length's own length (1.5.1), in which binary objects are kept.</summary>
    private static long ExtendedLength(ReadOnlySpan<byte> iptc, int bytes, ref int at)
    {
        if (bytes > MostLengthBytes || bytes > iptc.Length - at)
            return 0;
        long length = 0;
        foreach (var value in iptc.Slice(at, bytes))
            length = (length << 8) | value;
        at += bytes;
        return length;
    }

    private static bool IsSignature(ReadOnlySpan<byte> bytes)
    {
        foreach (var c in bytes[..4])
        {
            if (!char.IsAsciiLetterOrDigit((char)c))
                return false;
        }

        return true;
    }

    private static bool HasScript(ushort id, ReadOnlySpan<byte> data, ref ValueBudget budget) => id switch
    {
        Caption or Url => ScriptSearch.InText(data) >= 0,
        Iptc => FindInIptc(data, ref budget) >= 0,
        IccProfile => IccValues.Find(data, ref budget) >= 0,
        Exif => ExifValues.Find(data, ref budget) >= 0,
        Xmp => XmpValues.HasScript(data),
        _ => ScriptSearch.InUnknown(data) >= 0,
    };

    private static int Even(int length) => (length + 1) & ~1;
}
