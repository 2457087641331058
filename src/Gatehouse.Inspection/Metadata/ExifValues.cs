using System.Buffers.Binary;

namespace Gatehouse.Inspection.Metadata;

/// <summary>EXIF's values (CIPA DC-008, 4.6; TIFF 6.0, section 2): every text and every run of bytes of every directory that can be reached.</summary>
internal ref struct ExifValues(ReadOnlySpan<byte> tiff)
{
    /// <summary>Real files have five.</summary>
    private const int MaxDirectories = 256;

    private const int EntryLength = 12;
    private const ushort TypeByte = 1;
    private const ushort TypeAscii = 2;
    private const ushort TypeLong = 4;
    private const ushort TypeUndefined = 7;
    private const ushort TypeDirectory = 13;
    private const ushort TypeUtf8 = 129;

    private readonly ReadOnlySpan<byte> _tiff = tiff;
    private readonly bool _isBigEndian = tiff.StartsWith("MM"u8);
    private readonly HashSet<uint> _directories = [];

    /// <summary>Values may overlap, and a few bytes could be read as many: all of them together get four times the data's size.</summary>
    private long _budget = (tiff.Length * 4L) + 4096;

    /// <summary>
    /// Where a value with a script is, or <see cref="ScriptSearch.None"/>. Directories that lead nowhere end the walk, as they do for readers; the number behind the
    /// byte order is not looked at, as it is not by some of them. More values than the data's size allows, which damaged files have, are searched as one run of bytes.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
            return ScriptSearch.None;
        var values = new ExifValues(tiff);
        var found = values.FindFrom(values.Word(4));
        return found < 0 && values._budget < 0 ? ScriptSearch.InUnknown(tiff) : found;
    }

    private int FindFrom(uint directory)
    {
        while (directory != 0 && directory <= _tiff.Length - 2 && _directories.Add(directory))
        {
            var entries = Half((int)directory);
            var at = (int)directory + 2;
            if (_directories.Count > MaxDirectories)
                _budget = -1;
            for (var i = 0; i < entries && at + EntryLength <= _tiff.Length && --_budget >= 0; i++, at += EntryLength)
            {
                var found = FindInEntry(at);
                if (found >= 0)
                    return found;
            }

            directory = at + 4 <= _tiff.Length && _budget >= 0 ? Word(at) : 0;
        }

        return ScriptSearch.None;
    }

    private int FindInEntry(int at)
    {
        var tag = Half(at);
        var type = Half(at + 2);
        var count = Word(at + 4);
        if (tag is 0x8769 or 0x8825 or 0xA005 or 0x014A)
            return FindInDirectories(at, type is TypeLong or TypeDirectory ? count : 1);
        var length = tag is 0x83BB or 0x8649 && type == TypeLong ? count * 4L : count;
        if (!IsLookedAt(tag, type) || length == 0)
            return ScriptSearch.None;
        var offset = length <= 4 ? (uint)at + 8 : Word(at + 8);
        if (offset > _tiff.Length || length > _tiff.Length - offset)
            return ScriptSearch.None;
        return (_budget -= length) >= 0 && HasScript(tag, type, _tiff.Slice((int)offset, (int)length)) ? (int)offset : ScriptSearch.None;
    }

    /// <summary>One, or where there are several the places of them.</summary>
    private int FindInDirectories(int at, uint count)
    {
        if (count <= 1)
            return FindFrom(Word(at + 8));
        var list = Word(at + 8);
        for (var i = 0; i < Math.Min(count, MaxDirectories) && list <= _tiff.Length - (4L * (i + 1)); i++)
        {
            var found = FindFrom(Word((int)list + (4 * i)));
            if (found >= 0)
                return found;
        }

        return ScriptSearch.None;
    }

    /// <summary>All but numbers, and but a maker's notes, which are searched with all the rest.</summary>
    private static bool IsLookedAt(ushort tag, ushort type) =>
        type is TypeByte or TypeAscii or TypeUndefined or TypeUtf8 ? tag != 0x927C || type is TypeAscii : tag is 0x02BC or 0x83BB or 0x8649;

    private static bool HasScript(ushort tag, ushort type, ReadOnlySpan<byte> value) => tag switch
    {
        0x02BC => XmpValues.HasScript(value),
        0x83BB => PhotoshopValues.FindInIptc(value) >= 0,
        0x8649 => PhotoshopValues.Find(value, isInExif: true) >= 0,
        0x8773 => IccValues.Find(value) >= 0,

        // User comment, and Windows' fields in UTF-16.
        0x9286 or 0x9C9B or 0x9C9C or 0x9C9D or 0x9C9E or 0x9C9F => ScriptSearch.InText(value) >= 0,
        _ => (type is TypeAscii or TypeUtf8 ? ScriptSearch.InText(value) : ScriptSearch.InUnknown(value)) >= 0,
    };

    private readonly ushort Half(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(_tiff[at..]);

    private readonly uint Word(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(_tiff[at..]);
}
