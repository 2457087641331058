using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Webp;

/// <summary>
/// The chunks' order (RFC 9649, 2.5 to 2.7) and what becomes of the data of each: metadata and unknown chunks are judged whole, of pictures the headers.
/// </summary>
internal sealed class WebpChunks(InspectionPolicy policy) : IDisposable
{
    private readonly WebpPictures _pictures = new(policy);
    private readonly WebpFeatures _features = new();
    private readonly PooledBytes _gathered = new();
    private uint _type;
    private uint _length;
    private long _offset;
    private uint _unknown;
    private uint _metadata;
    private bool _isFirst = true;
    private bool _isHeaderRead;

    public Verdict.Refuse? FinishFile(long offset)
    {
        if (!_pictures.IsComplete)
            return WebpRefusals.Structure(offset, "it has no picture");
        return _features.Agree ? null : WebpRefusals.Structure(offset, "its header tells of other parts than it has");
    }

    public Verdict.Refuse? FinishFrame(long offset) => _pictures.FinishFrame(offset);

    /// <param name="isInFrame">Inside an animation's frame.</param>
    public Verdict.Refuse? Start(uint type, uint length, long offset, bool isInFrame)
    {
        (_type, _length, _offset, _isHeaderRead) = (type, length, offset + 8, false);
        _gathered.Clear();
        if (_isFirst != (type is WebpChunk.Extended or WebpChunk.Lossy or WebpChunk.Lossless && !_pictures.IsExtended && !isInFrame))
            return WebpRefusals.Structure(offset, "its parts are out of order");
        _isFirst = false;
        if (!IsPlaceRight(isInFrame) || length < HeaderLength)
            return WebpRefusals.Structure(offset, "its parts are out of order");
        _features.See(type);
        if (WebpChunk.IsMetadata(type))
            return length > MediaLimits.Value || (_metadata += length) > MediaLimits.Values ? WebpRefusals.Metadata(offset) : null;
        return HeaderLength == 0 && (length > MediaLimits.Unknown || (_unknown += length) > MediaLimits.Unknown) ? WebpRefusals.Metadata(offset) : null;
    }

    /// <summary>The next of a chunk's data.</summary>
    public Verdict.Refuse? Write(ReadOnlySpan<byte> data)
    {
        if (HeaderLength == 0)
        {
            _gathered.Add(data);
            return _gathered.Length == _length ? JudgeWhole() : null;
        }

        if (!_isHeaderRead)
        {
            _gathered.Add(data[..Math.Min(data.Length, HeaderLength - _gathered.Length)]);
            _isHeaderRead = _gathered.Length == HeaderLength;
            if (_isHeaderRead)
                return JudgeHeader();
        }

        return null;
    }

    public void Dispose() => _gathered.Dispose();

    /// <summary>How much of a picture's data is looked at; 0: all of it, metadata or an unknown chunk.</summary>
    private int HeaderLength => _type switch
    {
        WebpChunk.Extended => WebpPictures.ExtendedLength,
        WebpChunk.Lossy => WebpSize.LossyHeaderLength,
        WebpChunk.Lossless => WebpSize.LosslessHeaderLength,
        WebpChunk.Alpha => 1,
        WebpChunk.Animation => 6,
        WebpChunk.Frame => WebpPictures.FrameLength,
        _ => 0,
    };

    private bool IsPlaceRight(bool isInFrame) => _type switch
    {
        WebpChunk.Extended => !_pictures.IsExtended && !isInFrame && _length == WebpPictures.ExtendedLength,
        WebpChunk.Lossy or WebpChunk.Lossless => !_pictures.HasPicture && (isInFrame || !_pictures.IsAnimated),
        WebpChunk.Alpha => isInFrame || !_pictures.IsAnimated,
        WebpChunk.Animation => !isInFrame && _pictures.IsAnimated && _length == 6,
        WebpChunk.Frame => !isInFrame && _pictures.IsAnimated,
        WebpChunk.Profile => !isInFrame && !_features.IsBehindProfile,
        _ => !WebpChunk.IsMetadata(_type) || !isInFrame,
    };

    private Verdict.Refuse? StartCanvas()
    {
        _features.Announce(_gathered.Bytes[0]);
        return _pictures.StartCanvas(_gathered.Bytes, _offset);
    }

    private Verdict.Refuse? JudgeHeader() => _type switch
    {
        WebpChunk.Extended => StartCanvas(),
        WebpChunk.Lossy => _pictures.TakePicture(WebpSize.ReadLossy(_gathered.Bytes, _length), isLossless: false, _length, _offset),
        WebpChunk.Lossless => _pictures.TakePicture(WebpSize.ReadLossless(_gathered.Bytes, _length), isLossless: true, _length, _offset),
        WebpChunk.Alpha => _pictures.TakeAlpha(_gathered.Bytes[0], _length, _offset),
        WebpChunk.Animation => _pictures.StartAnimation(_offset),
        WebpChunk.Frame => _pictures.StartFrame(_gathered.Bytes, _offset),
        _ => null,
    };

    private Verdict.Refuse? JudgeWhole()
    {
        var kind = _type switch
        {
            WebpChunk.Profile => MetadataKind.Icc,
            WebpChunk.Exif => MetadataKind.Exif,
            WebpChunk.Xmp or WebpChunk.RiffXmp or WebpChunk.MisnamedXmp => MetadataKind.Xmp,
            _ => MetadataKind.Unknown,
        };
        var refusal = MetadataJudge.Judge(kind, _gathered.Bytes, WebpRefusals.Mime, _offset);
        return refusal is null && _type == WebpChunk.List ? RiffInfo.Judge(_gathered.Bytes, _offset) : refusal;
    }
}
