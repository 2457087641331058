namespace Gatehouse.Inspection.Webp;

/// <summary>
/// The canvas and the pictures on it (RFC 9649, 2.5 to 2.7): one, or the frames of an animation; each as large as its frame says, inside the canvas, within
/// the pixel limits, all together as for PNG's animations.
/// </summary>
internal sealed class WebpPictures(InspectionPolicy policy)
{
    public const int ExtendedLength = 10;
    public const int FrameLength = 16;
    private const byte AnimationFlag = 0x02;
    /// <summary>A viewer draws a whole canvas for each, however small it is; five minutes at 30 a second.</summary>
    private const int MaxFrames = 10_000;

    private WebpSize? _canvas;
    private WebpSize? _expected;
    private int _frames;
    private long _pixels;
    private bool _hasAnimationHeader;
    private bool _hasAlpha;

    /// <summary>In the frame at hand, or in a file that has none.</summary>
    public bool HasPicture { get; private set; }

    public bool IsExtended => _canvas is not null;

    public bool IsAnimated { get; private set; }

    /// <summary>Everything that the file must have was there.</summary>
    public bool IsComplete => IsAnimated ? _hasAnimationHeader && _frames > 0 : HasPicture;

    public Verdict.Refuse? StartCanvas(ReadOnlySpan<byte> header, long offset)
    {
        IsAnimated = (header[0] & AnimationFlag) != 0;
        var canvas = WebpSize.ReadMinusOne(header[4..]);
        _canvas = canvas;
        _expected = IsAnimated ? null : canvas;
        return canvas.IsWithin(policy) ? null : WebpRefusals.Pixels(offset, canvas.Width, canvas.Height);
    }

    public Verdict.Refuse? StartAnimation(long offset)
    {
        var isHere = IsAnimated && !_hasAnimationHeader && _frames == 0;
        _hasAnimationHeader = true;
        return isHere ? null : WebpRefusals.Structure(offset, "its animation is wrong");
    }

    public Verdict.Refuse? StartFrame(ReadOnlySpan<byte> header, long offset)
    {
        var size = WebpSize.ReadMinusOne(header[6..]);
        var (right, bottom) = ((2 * WebpSize.Int24(header)) + size.Width, (2 * WebpSize.Int24(header[3..])) + size.Height);
        if (right > _canvas!.Value.Width || bottom > _canvas.Value.Height)
            return WebpRefusals.Structure(offset, "a frame of its animation lies outside the picture");
        (_expected, HasPicture, _hasAlpha) = (size, false, false);
        return ++_frames > MaxFrames ? WebpRefusals.Expands(offset) : null;
    }

    public Verdict.Refuse? FinishFrame(long offset) => HasPicture ? null : WebpRefusals.Structure(offset, "a frame of its animation has no picture");

    /// <summary>Transparency (2.7.1.2): before a lossy picture's data, once; filters and compressions that exist.</summary>
    public Verdict.Refuse? TakeAlpha(byte header, uint length, long offset)
    {
        if (_expected is { } expected && !expected.Allows(length))
            return WebpRefusals.TooLong(offset);
        var isHere = IsExtended && !_hasAlpha && !HasPicture && (header & 3) <= 1 && ((header >> 4) & 3) <= 1;
        _hasAlpha = true;
        return isHere ? null : WebpRefusals.Structure(offset, "its transparency is wrong");
    }

    public Verdict.Refuse? TakePicture(WebpSize? size, bool isLossless, uint length, long offset)
    {
        if (size is not { } own || (_expected is { } expected && own != expected) || (isLossless && _hasAlpha))
            return WebpRefusals.Structure(offset, "its header is wrong");
        HasPicture = true;
        if (!own.IsWithin(policy))
            return WebpRefusals.Pixels(offset, own.Width, own.Height);
        if (!own.Allows(length))
            return WebpRefusals.TooLong(offset);
        _pixels += own.Pixels;
        return _pixels > policy.MaxPixels * MediaLimits.PicturesWorth ? WebpRefusals.Expands(offset) : null;
    }
}
