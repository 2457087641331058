using System.Buffers.Binary;

namespace Gatehouse.Inspection.Metadata;

/// <summary>EXIF's strings (CIPA DC-008, 4.6; TIFF 6.0, section 2): every text value of every directory that can be reached.</summary>
internal ref struct ExifValues(ReadOnlySpan<byte> tiff)
{
    private const int MaxDirectories = 32;
    private const int EntryLength = 12;
    private const ushort TypeAscii = 2;
    private const ushort TypeUtf8 = 129;

    private readonly ReadOnlySpan<byte> _tiff = tiff;
    private readonly bool _isBigEndian = tiff.StartsWith("MM"u8);
    private int _directories;

    /// <summary>Values may overlap, and a few bytes could be read as many: all of them together get four times the data's size.</summary>
    private long _budget = (tiff.Length * 4L) + 4096;

    /// <summary>Where a value with a script is, or <see cref="ScriptSearch.None"/>. Directories that lead nowhere end the walk, as they do for readers.</summary>
    public static int Find(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return ScriptSearch.None;
        var values = new ExifValues(tiff);
        return values.FindFrom(values.Word(4));
    }

    private int FindFrom(uint directory)
    {
        while (directory != 0 && directory <= _tiff.Length - 2 && _directories++ < MaxDirectories)
        {
            var entries = Half((int)directory);
            var at = (int)directory + 2;
            for (var i = 0; i < entries && at + EntryLength <= _tiff.Length; i++, at += EntryLength)
            {
                var found = FindInEntry(at);
                if (found >= 0)
                    return found;
            }

            directory = at + 4 <= _tiff.Length ? Word(at) : 0;
        }

        return ScriptSearch.None;
    }

    private int FindInEntry(int at)
    {
        var tag = Half(at);
        var type = Half(at + 2);
        var count = Word(at + 4);
        if (tag is 0x8769 or 0x8825 or 0xA005 or 0x014A)
            return FindFrom(Word(at + 8));
        if (!IsText(tag, type) || count == 0)
            return ScriptSearch.None;
        var offset = count <= 4 ? (uint)at + 8 : Word(at + 8);
        if (offset > _tiff.Length || count > _tiff.Length - offset || (_budget -= count) < 0)
            return ScriptSearch.None;
        var value = _tiff.Slice((int)offset, (int)count);
        var script = tag switch
        {
            0x02BC => XmpValues.HasScript(value),
            0x83BB => PhotoshopValues.FindInIptc(value) >= 0,
            _ => ScriptSearch.InText(value) >= 0,
        };
        return script ? (int)offset : ScriptSearch.None;
    }

    /// <summary>Strings, and the byte fields that hold text: user comment, Windows' XP fields (UTF-16), XMP, IPTC.</summary>
    private static bool IsText(ushort tag, ushort type) =>
        type is TypeAscii or TypeUtf8 || tag is 0x9286 or 0x9C9B or 0x9C9C or 0x9C9D or 0x9C9E or 0x9C9F or 0x02BC or 0x83BB;

    private readonly ushort Half(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(_tiff[at..]);

    private readonly uint Word(int at) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(_tiff[at..]);
}
