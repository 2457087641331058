using System.Buffers.Binary;

namespace Gatehouse.Inspection.Metadata;

/// <summary>EXIF's values (CIPA DC-008, 4.6; TIFF 6.0, section 2): every one of every directory that can be reached. Numbers too: readers take the bytes of any type for a text where a text belongs.</summary>
internal ref struct ExifValues
{
    /// <summary>Real files have five.</summary>
    private const int MaxDirectories = 256;

    private const int EntryLength = 12;
    private const ushort TypeAscii = 2;
    private const ushort TypeLong = 4;
    private const ushort TypeDirectory = 13;
    private const ushort TypeUtf8 = 129;
    private const ushort MakerNote = 0x927C;

    private readonly ReadOnlySpan<byte> _tiff;
    private readonly bool _isBigEndian;
    private readonly HashSet<uint> _directories = [];
    private readonly ref ValueBudget _budget;

    private ExifValues(ReadOnlySpan<byte> tiff, ref ValueBudget budget)
    {
        _tiff = tiff;
        _isBigEndian = tiff.StartsWith("MM"u8);
        _budget = ref budget;
    }

    /// <summary>
    /// Where a value with a script is, or <see cref="ScriptSearch.None"/>. Directories that lead nowhere end the walk, as they do for readers; the number behind the
    /// byte order is not looked at, as it is not by some of them. More values or directories than the budget allows end it as well.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> tiff, ref ValueBudget budget)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
            return ScriptSearch.None;
        var values = new ExifValues(tiff, ref budget);
        return values.FindFrom(values.Word(4));
    }

    private int FindFrom(uint directory)
    {
        while (directory != 0 && directory <= _tiff.Length - 2 && _directories.Add(directory))
        {
            var entries = Half((int)directory);
            var at = (int)directory + 2;
            if (_directories.Count > MaxDirectories)
                _budget.Exhaust();
            for (var i = 0; i < entries && at + EntryLength <= _tiff.Length && _budget.TrySpend(1); i++, at += EntryLength)
            {
                var found = FindInEntry(at);
                if (found >= 0)
                    return found;
            }

            directory = at + 4 <= _tiff.Length && !_budget.IsSpent ? Word(at) : 0;
        }

        return ScriptSearch.None;
    }

    private int FindInEntry(int at)
    {
        var tag = Half(at);
        var type = Half(at + 2);
        var count = Word(at + 4);
        if (IsDirectory(tag, type) && FindInDirectories(at, type is TypeLong or TypeDirectory ? count : 1) is var found and >= 0)
            return found;
        // A maker's notes are searched with all the rest.
        var length = count * LengthOf(type);
        if (length == 0 || (tag == MakerNote && type != TypeAscii))
            return ScriptSearch.None;
        var offset = length <= 4 ? (uint)at + 8 : Word(at + 8);
        if (offset > _tiff.Length || length > _tiff.Length - offset)
            return ScriptSearch.None;
        return _budget.TrySpend(length) && HasScript(tag, type, _tiff.Slice((int)offset, (int)length)) ? (int)offset : ScriptSearch.None;
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

    /// <summary>Of EXIF, of GPS, of interoperability, smaller pictures (TIFF Technical Note 1), global parameters (TIFF-FX), and those of Kodak and Leaf.</summary>
    private static bool IsDirectory(ushort tag, ushort type) =>
        type == TypeDirectory || tag is 0x8769 or 0x8825 or 0xA005 or 0x014A or 0x0190 or 0x8290 or 0xFE00 or 0x888A;

    /// <summary>In bytes: of shorts, of longs, floats and directories, of fractions, doubles and BigTIFF's numbers, of all else.</summary>
    private static long LengthOf(ushort type) => type switch
    {
        3 or 8 => 2,
        TypeLong or 9 or 11 or TypeDirectory => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 1,
    };

    private readonly bool HasScript(ushort tag, ushort type, ReadOnlySpan<byte> value) => tag switch
    {
        0x02BC => XmpValues.HasScript(value),
        0x83BB => PhotoshopValues.FindInIptc(value, ref _budget) >= 0,
        0x8649 => PhotoshopValues.Find(value, ref _budget, isInExif: true) >= 0,
        0x8773 => IccValues.Find(value, ref _budget) >= 0,

        // User comment, and Windows' fields in UTF-16.
        0x9286 or 0x9C9B or 0x9C9C or 0x9C9D or 0x9C9E or 0x9C9F => ScriptSearch.InText(value) >= 0,
        _ => (type is TypeAscii or TypeUtf8 ? ScriptSearch.InText(value) : ScriptSearch.InUnknown(value)) >= 0,
    };

    private readonly ushort Half(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(_tiff[at..]);

    private readonly uint Word(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(_tiff[at..]);
}
