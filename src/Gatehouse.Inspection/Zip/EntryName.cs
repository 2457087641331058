using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// An entry's name (APPNOTE.TXT 4.4.17): relative, with forward slashes, below the folder into which it is unpacked. Two names are the same file when a
/// system that ignores case, empty segments and trailing dots would unpack them to one place.
/// </summary>
internal static class EntryName
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks a name, and returns it; what is not UTF-8 (any of the old character sets) reads as Latin-1, byte for byte.</summary>
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
        if (!isUtf8)
            return Encoding.Latin1.GetString(name);
        var text = Decode(name, offset);
        // The two that are no characters, of which no form is normal.
        return text.AsSpan().IndexOfAnyInRange('\uFFFE', '\uFFFF') < 0 ? text : throw ZipStops.Structure(offset, "an entry's name has characters that no name has");
    }

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

    private static UInt128 KeyOfJoined(ReadOnlySpan<char> name)
    {
        using var normal = new PooledSpan<char>(name.GetNormalizedLength());
        name.TryNormalize(normal.Span, out var length);
        using var upper = new PooledSpan<char>(length);
        normal.Span[..length].ToUpperInvariant(upper.Span);
        using var bytes = new PooledSpan<byte>(Encoding.UTF8.GetMaxByteCount(length));
        return Digest(bytes.Span[..Encoding.UTF8.GetBytes(upper.Span, bytes.Span)]);
    }

    private static string Decode(ReadOnlySpan<byte> name, long offset)
    {
        try
        {
            return Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw ZipStops.Structure(offset, "an entry's name is not written as it claims");
        }
    }

    /// <summary>Absolute, on a drive or a share, upwards, cut by a NUL, or with backslashes (4.4.17.1), which some systems take for slashes.</summary>
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

        foreach (var range in name.SplitAny((byte)'/', (byte)'\\'))
        {
            if (name[range].TrimEnd((byte)' ').SequenceEqual(".."u8))
                return true;
        }

        return false;
    }
}
