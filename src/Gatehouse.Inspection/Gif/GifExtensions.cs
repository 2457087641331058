using Gatehouse.Inspection.Metadata;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Gif;

/// <summary>
/// Extension blocks (GIF89a, sections 23 to 26): the fixed parts have their lengths; comments, texts and what applications leave are collected, bounded and
/// judged. Looked at twice: joined from their sub-blocks, and as the bytes stand in the file, whose length bytes could be part of a guest.
/// </summary>
internal sealed class GifExtensions : IDisposable
{
    private const byte GraphicControl = 0xF9;
    private const byte Comment = 0xFE;
    private const byte PlainText = 0x01;
    private const byte Application = 0xFF;
    private const int GraphicControlLength = 4;
    private const int NoColour = -1;
    private const int PlainTextLength = 12;
    private const int ApplicationLength = 11;

    private readonly PooledBytes _asStored = new();
    private readonly PooledBytes _joined = new();
    private readonly JoinedTexts _texts = new();
    private byte _label;
    private long _offset;
    private int _blocks;
    private int _unknown;
    private int _known;
    private int _transparent = NoColour;

    /// <summary>XMP is stored without lengths; this tail of falling numbers leads readers that do not know it out again (XMP part 3, 1.1.2).</summary>
    private static ReadOnlySpan<byte> XmpTrailStart => [0x01, 0xFF, 0xFE, 0xFD];

    /// <summary>01, FF down to 00; the block's own terminator is not collected.</summary>
    private const int XmpTrailLength = 257;

    public void Start(byte label, long offset)
    {
        (_label, _offset, _blocks) = (label, offset, 0);
        _asStored.Clear();
        _joined.Clear();
    }

    public Verdict.Refuse? StartBlock(byte length, long offset)
    {
        var expected = FirstLength;
        var isWrong = _blocks++ == 0 ? expected > 0 && length != expected : _label == GraphicControl;
        _asStored.Add([length]);
        return isWrong ? GifRefusals.Structure(offset, "a part of it has an impossible length") : null;
    }

    public Verdict.Refuse? Write(ReadOnlySpan<byte> data)
    {
        _asStored.Add(data);
        _joined.Add(data);
        return _joined.Length > ApplicationLength && IsTooLong(KindOfApplication()) ? GifRefusals.Metadata(_offset) : null;
    }

    public Verdict.Refuse? Finish(long offset)
    {
        if (_blocks == 0 && FirstLength > 0)
            return GifRefusals.Structure(offset, "a part of it has an impossible length");
        if (_label == GraphicControl)
        {
            _transparent = (_joined.Bytes[0] & 1) != 0 ? _joined.Bytes[3] : NoColour;
            return null;
        }

        var kind = KindOfApplication();
        if (IsTooLong(kind))
            return GifRefusals.Metadata(_offset);
        if (kind is MetadataKind.Unknown)
            _unknown += _joined.Length;
        else
            _known += _joined.Length;
        return Judge(kind);
    }

    /// <summary>The transparent colour of the frame that follows (section 23); -1: it has none.</summary>
    public int TakeTransparent()
    {
        var taken = _transparent;
        _transparent = NoColour;
        return taken;
    }

    public void Dispose()
    {
        _asStored.Dispose();
        _joined.Dispose();
    }

    private int FirstLength => _label switch
    {
        GraphicControl => GraphicControlLength,
        PlainText => PlainTextLength,
        Application => ApplicationLength,
        _ => 0,
    };

    private bool IsTooLong(MetadataKind kind) =>
        _joined.Length > (kind is MetadataKind.Unknown ? MediaLimits.Unknown - _unknown : Math.Min(MediaLimits.Value, MediaLimits.Values - _known));

    private Verdict.Refuse? Judge(MetadataKind kind)
    {
        if (SecondFormatSearch.Find(_asStored.Bytes) is { } hit)
            return SecondFormatSearch.Refuse(GifRefusals.Mime, hit, _offset);
        if (_label is Comment or PlainText)
            return JudgeText(_joined.Bytes[(_label == Comment ? 0 : PlainTextLength)..]);
        var refusal = MetadataJudge.Judge(MetadataKind.Unknown, _joined.Bytes, GifRefusals.Mime, _offset);
        return kind switch
        {
            _ when refusal is not null => refusal,
            MetadataKind.Unknown => null,
            MetadataKind.Xmp => JudgeXmp(),
            _ => MetadataJudge.Judge(kind, _joined.Bytes[ApplicationLength..], GifRefusals.Mime, _offset),
        };
    }

    private Verdict.Refuse? JudgeText(ReadOnlySpan<byte> text)
    {
        if (MetadataJudge.Judge(MetadataKind.Text, text, GifRefusals.Mime, _offset) is { } refusal)
            return refusal;
        return _texts.AddHasScript(text) ? MetadataJudge.RefuseScript(GifRefusals.Mime, _offset) : null;
    }

    /// <summary>As stored and, of writers that cut it into blocks all the same, joined: readers do not look which of them wrote it. Without its tail, of which one byte is a block's length.</summary>
    private Verdict.Refuse? JudgeXmp()
    {
        var stored = _asStored.Bytes[(1 + ApplicationLength)..];
        var joined = _joined.Bytes[ApplicationLength..];
        if (joined.Length >= XmpTrailLength && stored[^XmpTrailLength..].StartsWith(XmpTrailStart))
        {
            stored = stored[..^XmpTrailLength];
            joined = joined[..^(XmpTrailLength - 1)];
        }

        return MetadataJudge.Judge(MetadataKind.Xmp, stored, GifRefusals.Mime, _offset) ?? MetadataJudge.Judge(MetadataKind.Xmp, joined, GifRefusals.Mime, _offset);
    }

    /// <summary>By identifier and authentication code, which must have been collected.</summary>
    private MetadataKind KindOfApplication()
    {
        if (_label != Application || _joined.Length < ApplicationLength)
            return MetadataKind.Unknown;
        var name = _joined.Bytes[..ApplicationLength];
        if (name.SequenceEqual("XMP DataXMP"u8))
            return MetadataKind.Xmp;
        if (name.SequenceEqual("ICCRGBG1012"u8))
            return MetadataKind.Icc;
        if (name.SequenceEqual("MGK8BIM0000"u8))
            return MetadataKind.Photoshop;
        return name.SequenceEqual("MGKIPTC0000"u8) ? MetadataKind.Iptc : MetadataKind.Unknown;
    }
}
