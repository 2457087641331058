using System.IO.Hashing;
using System.Text;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// An entry's name in UTF-8 beside the one in its header (APPNOTE.TXT 4.6.9). Some readers use the one and some the other, so both have to be the same
/// file's: only characters beyond ASCII may be written differently, in an old character set or as a stand-in.
/// </summary>
internal static class UnicodePath
{
    private const int FieldHeader = 5;

    /// <summary>Null: there is none, and the header's own name counts.</summary>
    /// <param name="name">The header's own, which has been checked.</param>
    public static string? Read(ReadOnlySpan<byte> extra, ReadOnlySpan<byte> name, long offset)
    {
        var field = ExtraFields.FindUnicodePath(extra, offset);
        if (field.IsEmpty)
            return null;
        if (field.Length <= FieldHeader || field[0] != 1 || U32(field, 1) != Crc32.HashToUInt32(name))
            throw ZipStops.Structure(offset, "an entry's Unicode name is wrong");
        var path = EntryName.Read(field[FieldHeader..], isUtf8: true, offset);
        return IsSameFile(field[FieldHeader..], name) ? path : throw ZipStops.Structure(offset, "an entry has two names");
    }

    /// <summary>
    /// Between slashes, dots and colons, each part: so an extension, a drive and a folder in ASCII are the same in both. (None of the three is a second
    /// byte in Shift_JIS, Big5 or GBK.)
    /// </summary>
    private static bool IsSameFile(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        while (true)
        {
            var end = path.IndexOfAny("/.:"u8);
            var nameEnd = name.IndexOfAny("/.:"u8);
            if (end < 0 || nameEnd < 0)
                return end == nameEnd && IsSamePart(path, name);
            if (path[end] != name[nameEnd] || !IsSamePart(path[..end], name[..nameEnd]))
                return false;
            path = path[(end + 1)..];
            name = name[(nameEnd + 1)..];
        }
    }

    private static bool IsSamePart(ReadOnlySpan<byte> part, ReadOnlySpan<byte> name)
    {
        var first = part.IndexOfAnyExceptInRange((byte)0, (byte)127);
        if (first < 0)
            return part.SequenceEqual(name);
        var before = part[..first];
        var behind = part[(part.LastIndexOfAnyExceptInRange((byte)0, (byte)127) + 1)..];
        return name.Length > before.Length + behind.Length && name.StartsWith(before) && name.EndsWith(behind) && IsWrittenDifferently(name[before.Length..^behind.Length]);
    }

    /// <summary>Bytes of another character set, or what writers put in the place of a character: "_", "?", "#U00FC", "%U00FC".</summary>
    private static bool IsWrittenDifferently(ReadOnlySpan<byte> characters) =>
        !Ascii.IsValid(characters) || characters.ContainsAny("_?"u8) || characters.IndexOf("#U"u8) >= 0 || characters.IndexOf("%U"u8) >= 0;
}
