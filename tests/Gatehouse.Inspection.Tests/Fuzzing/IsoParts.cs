using System.Buffers.Binary;
using System.Text;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>
/// The boxes of an MP4 or HEIC file. A container is the part that begins it, the parts of its boxes, and an empty part; sizes, numbers of boxes and places
/// in the media data are set right.
/// </summary>
internal static class IsoParts
{
    public const int Header = 8;

    public static List<byte[]> Split(byte[] file)
    {
        var parts = new List<byte[]>();
        Split(file, 0, file.Length, parts);
        return parts;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        var assembly = new IsoAssembly();
        foreach (var part in parts)
            assembly.Add(part);
        return assembly.End();
    }

    public static int Extent(List<byte[]> parts, int at)
    {
        var end = at;
        for (var depth = IsOpening(parts[at]) ? 1 : 0; depth > 0 && end + 1 < parts.Count;)
        {
            end++;
            if (IsOpening(parts[end]))
                depth++;
            else if (parts[end].Length == 0)
                depth--;
        }

        return end - at + 1;
    }

    /// <summary>Whether the top-level boxes fill the file.</summary>
    public static bool Tile(byte[] file)
    {
        var at = 0L;
        while (at + Header <= file.Length && Length(file.AsSpan((int)at)) is >= Header and var length)
            at += length;
        return at == file.Length;
    }

    public static bool IsOpening(ReadOnlySpan<byte> part) => part.Length >= Header && Lead(part) == part.Length;

    public static string Type(ReadOnlySpan<byte> box) => box.Length < Header ? string.Empty : Encoding.Latin1.GetString(box.Slice(4, 4));

    /// <summary>The number of boxes in a container, where it says it: its place and its length.</summary>
    public static (int At, int Length) Counter(ReadOnlySpan<byte> opening) => Type(opening) switch
    {
        "dref" or "stsd" => (12, 4),
        "iinf" => (12, opening.Length - 12),
        _ => default,
    };

    private static void Split(byte[] file, int at, int end, List<byte[]> parts)
    {
        while (at < end)
        {
            var length = (int)Math.Min(end - at, Length(file.AsSpan(at, end - at)));
            var lead = Lead(file.AsSpan(at, length));
            if (lead > 0 && lead <= length)
            {
                parts.Add(file[at..(at + lead)]);
                Split(file, at + lead, at + length, parts);
                parts.Add([]);
            }
            else
            {
                parts.Add(file[at..(at + length)]);
            }

            at += length;
        }
    }

    /// <summary>A size of 0 reaches to the end, one of 1 stands in 64 bits behind the type (ISO/IEC 14496-12, 4.2).</summary>
    private static long Length(ReadOnlySpan<byte> box)
    {
        if (box.Length < Header)
            return box.Length;
        var size = BinaryPrimitives.ReadUInt32BigEndian(box);
        if (size == 1 && box.Length >= 16)
            return (long)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt64BigEndian(box[8..]));
        return size < Header ? box.Length : size;
    }

    /// <summary>Of a container: how long it is before its first box. 0: no container.</summary>
    private static int Lead(ReadOnlySpan<byte> box) => Type(box) switch
    {
        "moov" or "trak" or "mdia" or "minf" or "stbl" or "dinf" or "mvex" or "moof" or "traf" or "iprp" or "ipco" or "udta" => Header,
        "meta" or "iref" => 12,
        "dref" or "stsd" => 16,
        "iinf" when box.Length > Header => box[8] == 0 ? 14 : 16,
        _ => 0,
    };
}
