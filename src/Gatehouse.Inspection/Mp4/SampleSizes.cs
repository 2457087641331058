using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>The sizes of a track's samples, one after the other (ISO/IEC 14496-12, 8.7.3): one for all, or a table of 4, 8, 16 or 32 bits each.</summary>
internal sealed class SampleSizes : IDisposable
{
    private const int HeaderLength = 12;

    private readonly IsoReader _reader;
    private readonly long _table;
    private readonly int _bits;
    private readonly uint _common;
    private long _next;

    /// <param name="box">One that was checked.</param>
    public SampleSizes(IsoFile file, IsoBox box)
    {
        _reader = file.Cursor();
        _table = box.Content + HeaderLength;
        _bits = BitsOf(_reader, box);
        _common = box.Type is "stsz" ? _reader.U32(box.Content + 4) : 0;
        Left = _reader.U32(box.Content + 8);
    }

    /// <summary>Samples not yet taken.</summary>
    public long Left { get; private set; }

    public static Verdict.Refuse? Check(IsoFile file, IsoBox box)
    {
        if (box.Length < HeaderLength)
            return file.Refusals.Length(box.Offset);
        var bits = BitsOf(file.Reader, box);
        var isCommon = box.Type is "stsz" && file.Reader.U32(box.Content + 4) > 0;
        var length = isCommon ? 0 : ((file.Reader.U32(box.Content + 8) * (long)bits) + 7) / 8;
        return bits is 4 or 8 or 16 or 32 && box.Length - HeaderLength == length ? null : file.Refusals.Length(box.Offset);
    }

    /// <summary>The bytes of the next samples together. A last chunk may say that it has more than are left.</summary>
    public long Take(uint samples)
    {
        var taken = Math.Min(samples, Left);
        Left -= taken;
        if (_common > 0)
            return taken * _common;
        var bytes = 0L;
        for (var end = _next + taken; _next < end; _next++)
            bytes += SizeOf(_next);
        return bytes;
    }

    public void Dispose() => _reader.Dispose();

    private long SizeOf(long sample)
    {
        var at = _table + (sample * _bits / 8);
        return _bits switch
        {
            4 => (_reader.U8(at) >> (sample % 2 == 0 ? 4 : 0)) & 0xF,
            8 => _reader.U8(at),
            16 => _reader.U16(at),
            _ => _reader.U32(at),
        };
    }

    private static int BitsOf(IsoReader reader, IsoBox box) => box.Type is "stsz" ? 32 : reader.U8(box.Content + 7);
}
