using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>Application segments and comments: what is known is judged as what it is, what is not may have 64 KB in all.</summary>
internal sealed class JpegMetadata(JoinedTexts comments) : IDisposable
{
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App13 = 0xED;

    /// <summary>Of known makers together, in bytes: a thermal camera's measurement with the picture that it took beside it, or a signed history with its previews.</summary>
    private const int MaxMakers = 4 * 1024 * 1024;

    private readonly IccParts _profile = new();
    private readonly ExifParts _exif = new();
    private readonly ExtendedXmp _extendedXmp = new();
    private readonly PooledBytes _photoshop = new();
    private long _photoshopOffset;
    private int _photoshopParts;
    private int _unknown;
    private int _makers;

    /// <summary>Those of the pictures behind this one belong to them.</summary>
    public JoinedTexts Comments => comments;

    /// <summary>Pictures that the multi-picture index declares behind the first, as places in the file.</summary>
    public IReadOnlyList<MultiPicture> Pictures { get; private set; } = [];

    /// <summary>The length of the video at the file's end that XMP declares; 0: none.</summary>
    public long MotionLength { get; private set; }

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> PhotoshopName => "Photoshop 3.0\0"u8;

    public Verdict.Refuse? Judge(byte code, ReadOnlySpan<byte> payload, long offset)
    {
        if (code == App1 && payload.StartsWith(XmpName))
            return JudgeXmp(payload[XmpName.Length..], offset + XmpName.Length);
        if (code == App1 && payload.StartsWith(ExtendedXmp.Name))
            return _extendedXmp.TryAdd(payload, offset) ? Scan(MetadataKind.Opaque, payload, offset) : JpegRefusals.Metadata(offset);
        if (code == App1 && ExifHeader.IsNamed(payload))
            return _exif.Add(payload, offset);
        if (code == App2 && payload.StartsWith(IccParts.Name) && payload.Length > IccParts.HeadingLength)
            return _profile.Add(payload, offset);
        if (code == App13 && payload.StartsWith(PhotoshopName))
            return JudgePhotoshop(payload[PhotoshopName.Length..], offset + PhotoshopName.Length);
        if (code == App2 && payload.StartsWith(MultiPicture.Name))
            Pictures = MultiPicture.ReadIndex(payload[MultiPicture.Name.Length..], offset + MultiPicture.Name.Length);
        else if (JpegVendors.Knows(code, payload) ? (_makers += payload.Length) > MaxMakers : (_unknown += payload.Length) > MediaLimits.Unknown)
            return JpegRefusals.Metadata(offset);
        return code == JpegMarker.Comment ? JudgeComment(payload, offset) : Scan(MetadataKind.Unknown, payload, offset);
    }

    /// <summary>The file is whole: what lies in several segments can be read as the one document that it is.</summary>
    public Verdict.Refuse? Finish(IFileContent file)
    {
        var refusal = _exif.Finish(file) ?? _extendedXmp.Judge(file);
        return refusal is null && _photoshopParts > 1 ? Scan(MetadataKind.Photoshop, _photoshop.Bytes, _photoshopOffset) : refusal;
    }

    public void Dispose()
    {
        _profile.Dispose();
        _photoshop.Dispose();
    }

    private Verdict.Refuse? JudgeComment(ReadOnlySpan<byte> text, long offset)
    {
        if (Scan(MetadataKind.Text, text, offset) is { } refusal)
            return refusal;
        return comments.AddHasScript(text) ? MetadataJudge.RefuseScript(JpegRefusals.Mime, offset) : null;
    }

    private Verdict.Refuse? JudgePhotoshop(ReadOnlySpan<byte> resources, long offset)
    {
        if (_photoshop.Length + resources.Length > MediaLimits.Value)
            return JpegRefusals.Metadata(offset);
        if (_photoshopParts++ == 0)
            _photoshopOffset = offset;
        _photoshop.Add(resources);
        return Scan(MetadataKind.Photoshop, resources, offset);
    }

    private Verdict.Refuse? JudgeXmp(ReadOnlySpan<byte> xmp, long offset)
    {
        var motion = MotionPhoto.DeclaredLength(xmp);
        if (motion > 0)
            MotionLength = motion;
        return Scan(MetadataKind.Xmp, xmp, offset);
    }

    private static Verdict.Refuse? Scan(MetadataKind kind, ReadOnlySpan<byte> bytes, long offset) =>
        MetadataJudge.Judge(kind, bytes, JpegRefusals.Mime, offset);
}
