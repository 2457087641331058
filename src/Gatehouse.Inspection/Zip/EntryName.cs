using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// An entry's name (APPNOTE.TXT 4.4.17): relative, with forward slashes, below the folder into which it is unpacked. Two names are the same file when a
/// system that ignores case, empty segments and trailing dots would unpack them to one place.
/// </summary>
internal static class EntryName
{
    /// <summary>Checks a name, and returns it.</summary>
    public static string Read(ReadOnlySpan<byte> name, bool isUtf8, long offset)
    {
        if (name.IsEmpty || name.Length > ZipLimits.NameLength)
            throw ZipStops.Structure(offset, "an entry's name is missing or too long");
        if (LeavesFolder(name, isUtf8))
            throw ZipStops.PathEscape(offset);
        // A folder's picture of macOS has a name that ends in a line end.
        var printed = name.EndsWith("Icon\r"u8) ? name[..^1] : name;
        if (printed.IndexOfAnyInRange((byte)0, (byte)31) >= 0)
            throw ZipStops.Structure(offset, "an entry's name has characters that no name has");
        if (isUtf8 && !Utf8.IsValid(name))
            throw ZipStops.Structure(offset, "an entry's name is not written as it claims");
        var text = Text(name);
        // The two that are no characters, of which no form is normal.
        if (text.AsSpan().IndexOfAnyInRange('\uFFFE', '\uFFFF') >= 0)
            throw ZipStops.Structure(offset, "an entry's name has characters that no name has");
        var shown = ShownName.Of(text);
        return shown is ['/', ..] || GoesUp(shown) || WindowsNames.HasOne(shown) ? throw ZipStops.PathEscape(offset) : text;
    }

    /// <summary>UTF-8, which many writers do not mark; what is none (any of the old character sets) reads as Latin-1, byte for byte.</summary>
    public static string Text(ReadOnlySpan<byte> name) => (Utf8.IsValid(name) ? Encoding.UTF8 : Encoding.Latin1).GetString(name);

    public static UInt128 Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    /// <summary>Of the file that a name stands for.</summary>
    public static UInt128 Key(ReadOnlySpan<char> name)
    {
        using var joined = new PooledSpan<char>(name.Length + 1);
        var length = 0;
        foreach (var range in name.Split('/'))
        {
            var segment = name[range].TrimEnd(" .");
            if (segment.IsEmpty)
                continue;
            if (length > 0)
                joined.Span[length++] = '/';
            segment.CopyTo(joined.Span[length..]);
            length += segment.Length;
        }

        return KeyOfJoined(joined.Span[..length]);
    }

    private static UInt128 KeyOfJoined(Span<char> name)
    {
        using var normal = StreamSafe.Normalize(name, NormalizationForm.FormC, out var length);
        using var upper = new PooledSpan<char>(length);
        normal.Span[..length].ToUpperInvariant(upper.Span);
        using var bytes = new PooledSpan<byte>(Encoding.UTF8.GetMaxByteCount(length));
        return Digest(bytes.Span[..Encoding.UTF8.GetBytes(upper.Span, bytes.Span)]);
    }

    /// <summary>Absolute, on a drive or a share, cut by a NUL, or with backslashes (4.4.17.1), which some systems take for slashes.</summary>
    private static bool LeavesFolder(ReadOnlySpan<byte> name, bool isUtf8)
    {
        if (name[0] is (byte)'/' || name.Contains((byte)0) || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter((char)name[0])))
            return true;
        for (var i = 0; i < name.Length; i++)
        {
            // The second byte of a Shift_JIS, Big5 or GBK character may be this one.
            if (name[i] == '\\' && (isUtf8 || i == 0 || name[i - 1] < 0x81))
                return true;
        }

        return false;
    }

    private static bool GoesUp(ReadOnlySpan<char> name)
    {
        foreach (var range in name.SplitAny('/', '\\'))
        {
            if (name[range].TrimEnd(' ') is "..")
                return true;
        }

        return false;
    }
}
