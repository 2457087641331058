using System.Buffers.Binary;
using Gatehouse.Inspection.Metadata;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Png;

/// <summary>The chunks' order (PNG 3rd ed., 5.6) and what becomes of the data of each.</summary>
internal sealed class PngChunks(InspectionPolicy policy) : IDisposable
{
    private const int LongestPalette = 3 * 256;

    private readonly PooledBytes _collected = new();
    private readonly PngTexts _texts = new();
    private readonly StreamedSearch _search = new(PngRefusals.Mime);
    private PngHeader? _header;
    private PngPicture? _picture;
    private PngAnimation? _animation;
    private uint _type;
    private uint _length;
    private long _dataOffset;
    private long _unknown;
    private bool _hasPalette;
    private bool _isPictureOver;

    public bool IsLast => _type == PngChunk.End;

    /// <summary>A chunk's header was read: may it stand here, may it be so long.</summary>
    public Verdict.Refuse? Start(uint type, uint length, long offset)
    {
        if (!PngChunk.IsLetters(type) || length > int.MaxValue)
            return PngRefusals.Structure(offset, "the structure of the file is broken");
        var isFirst = _type == 0;
        if (type != PngChunk.Data && _picture is not null && !_isPictureOver)
        {
            if (!_picture.IsComplete)
                return PngRefusals.Structure(offset, "its pixel data ends early");
            _isPictureOver = true;
        }

        (_type, _length, _dataOffset) = (type, length, offset + 8);
        _collected.Clear();
        if (isFirst != (type == PngChunk.Header))
            return type == PngChunk.Apple ? PngRefusals.Apple(offset) : PngRefusals.Structure(offset, "its header is not where it must be");
        return PngChunk.IsCritical(type) ? StartCritical(offset) : StartAncillary(offset);
    }

    public Verdict.Refuse? Write(ReadOnlySpan<byte> data, long offset)
    {
        if (_type == PngChunk.Data)
            return _picture!.Write(data, offset);
        if (_type == PngChunk.FrameData && _animation is not null)
            return _animation.WriteData(data, offset);
        if (!IsCollected)
            return _search.Write(data);
        if (data.Length == _length)
            return Judge(data);
        _collected.Add(data);
        return _collected.Length == _length ? Judge(_collected.Bytes) : null;
    }

    /// <summary>The chunk's data and checksum are through.</summary>
    public Verdict.Refuse? Finish(long offset) => _type switch
    {
        PngChunk.End => _animation?.Finish(offset),
        PngChunk.Data or PngChunk.Header => null,
        _ => IsCollected || (_type == PngChunk.FrameData && _animation is not null) ? null : _search.Finish(),
    };

    public void Dispose()
    {
        _picture?.Dispose();
        _animation?.Dispose();
        _collected.Dispose();
        _texts.Dispose();
        _search.Dispose();
    }

    private bool IsCollected => _type is PngChunk.Header or PngChunk.Palette or PngChunk.AnimationControl or PngChunk.FrameControl || PngChunk.IsText(_type);

    private Verdict.Refuse? StartCritical(long offset)
    {
        switch (_type)
        {
            case PngChunk.Header:
                return _length == PngHeader.Length ? null : PngRefusals.Structure(offset, "its header has a wrong length");
            case PngChunk.Palette:
                var isHere = !_hasPalette && _picture is null && !_header!.Value.IsGreyscale;
                _hasPalette = true;
                return isHere && _length is > 0 and <= LongestPalette && _length % 3 == 0 ? null : PngRefusals.Structure(offset, "its palette is wrong");
            case PngChunk.Data:
                if (_isPictureOver || (_header!.Value.ColourType == PngHeader.Indexed && !_hasPalette))
                    return PngRefusals.Structure(offset, "its pixel data is not where it must be");
                _picture ??= new PngPicture(_header.Value);
                return null;
            case PngChunk.End:
                return _length == 0 && _picture is not null ? null : PngRefusals.Structure(offset, "it ends without pixels");
            case PngChunk.Apple:
                return PngRefusals.Apple(offset);
            default:
                return PngRefusals.Structure(offset, "it has a part that no program knows");
        }
    }

    private Verdict.Refuse? StartAncillary(long offset)
    {
        switch (_type)
        {
            case PngChunk.AnimationControl:
                var isHere = _length == PngAnimation.ControlLength && _animation is null && _picture is null;
                return isHere ? null : PngRefusals.Structure(offset, "its animation is wrong");
            case PngChunk.FrameControl:
                return _length == PngAnimation.FrameControlLength ? null : PngRefusals.Structure(offset, "a frame of its animation is wrong");
            case PngChunk.FrameData when _animation is not null:
                _animation.StartData();
                return null;
            case PngChunk.CompressedExif:
                return PngRefusals.Structure(offset, "its EXIF is compressed");
            case var text when PngChunk.IsText(text):
                return _length <= MediaLimits.Value ? null : PngRefusals.Expands(offset, "has a description longer than is allowed");
            default:
                _search.Start(_dataOffset);
                return (_unknown += _length) <= MediaLimits.Values ? null : PngRefusals.Metadata(offset);
        }
    }

    /// <summary>A collected chunk's data, whole.</summary>
    private Verdict.Refuse? Judge(ReadOnlySpan<byte> data)
    {
        switch (_type)
        {
            case PngChunk.Header:
                return JudgeHeader(data);
            case PngChunk.Palette:
                var isTooLong = _header!.Value.ColourType == PngHeader.Indexed && data.Length / 3 > 1 << _header.Value.BitDepth;
                if (isTooLong)
                    return PngRefusals.Structure(_dataOffset, "its palette is wrong");
                return JudgeBytes(data);
            case PngChunk.AnimationControl:
                _animation = new PngAnimation(_header!.Value, BinaryPrimitives.ReadUInt32BigEndian(data), policy.MaxPixels);
                return null;
            case PngChunk.FrameControl:
                return JudgeBytes(data) ?? _animation?.StartFrame(data, _picture is null, _dataOffset);
            default:
                return _texts.Judge(_type, data, _dataOffset);
        }
    }

    private Verdict.Refuse? JudgeBytes(ReadOnlySpan<byte> data) => MetadataJudge.Judge(MetadataKind.Opaque, data, PngRefusals.Mime, _dataOffset);

    private Verdict.Refuse? JudgeHeader(ReadOnlySpan<byte> data)
    {
        _header = PngHeader.Read(data);
        if (_header is not { } header)
            return PngRefusals.Structure(_dataOffset, "its header is wrong");
        var isTooLarge = header.Width > policy.MaxSide || header.Height > policy.MaxSide || (long)header.Width * header.Height > policy.MaxPixels;
        return isTooLarge ? PngRefusals.Pixels(_dataOffset, header.Width, header.Height) : null;
    }
}
