using System.Buffers.Binary;

namespace Gatehouse.Inspection.Gif;

/// <summary>
/// The logical screen and the frames on it (GIF89a, sections 18 and 20): within the pixel limits, each and all together. Viewers let a frame that is larger
/// than the screen enlarge it, so the limits hold for the screen that results.
/// </summary>
internal sealed class GifFrames(InspectionPolicy policy)
{
    public const int ScreenLength = 7;
    public const int DescriptorLength = 9;

    /// <summary>A viewer draws a whole screen for each, however small it is; five minutes at 30 a second.</summary>
    private const int MaxFrames = 10_000;

    private const byte HasColourTable = 0x80;

    private readonly GifLzw _lzw = new();
    private int _width;
    private int _height;
    private int _frames;
    private long _pixels;
    private long _framePixels;
    private int _screenColours;
    private int _frameColours;

    public bool HasAny => _frames > 0;

    /// <summary>Of the table that a screen or a frame announces in its packed fields (sections 18 and 20); 0: none.</summary>
    public static int ColoursOf(byte packed) => (packed & HasColourTable) == 0 ? 0 : 2 << (packed & 7);

    public Verdict.Refuse? StartScreen(ReadOnlySpan<byte> screen, long offset)
    {
        _screenColours = ColoursOf(screen[4]);
        return Grow(Half(screen, 0), Half(screen, 2), offset);
    }

    public Verdict.Refuse? StartFrame(ReadOnlySpan<byte> descriptor, long offset)
    {
        var (width, height) = (Half(descriptor, 4), Half(descriptor, 6));
        if (width == 0 || height == 0)
            return GifRefusals.Structure(offset, "a frame of it has no pixels");
        if (Grow(Half(descriptor, 0) + width, Half(descriptor, 2) + height, offset) is { } tooLarge)
            return tooLarge;
        _frameColours = ColoursOf(descriptor[8]) is > 0 and var colours ? colours : _screenColours;
        // A reader may take a table of its own (section 18), each another one; no honest file leaves it to that.
        if (_frameColours == 0)
            return GifRefusals.Structure(offset, "a frame of it has no colours");
        _framePixels = (long)width * height;
        _pixels += _framePixels;
        return ++_frames > MaxFrames || _pixels > policy.MaxPixels * MediaLimits.PicturesWorth ? GifRefusals.Expands(offset) : null;
    }

    /// <param name="transparent">The colour that is not drawn, or -1. Encoders give it the first number behind the table, so that pixels can name it.</param>
    public Verdict.Refuse? StartPixels(byte minimumBits, int transparent, long offset)
    {
        if (!_lzw.TryStart(minimumBits, _framePixels, _frameColours, transparent))
            return GifRefusals.Structure(offset, "its compressed pixel data is damaged");
        return transparent < Math.Max(_frameColours, 1 << minimumBits) ? null : GifRefusals.Structure(offset, "its transparency is wrong");
    }

    public Verdict.Refuse? WritePixels(ReadOnlySpan<byte> data, long offset) => _lzw.Write(data, out var taken) switch
    {
        LzwStatus.SoFarGood => null,
        LzwStatus.TooManyPixels => GifRefusals.Structure(offset + taken, "it holds more pixel data than its size allows"),
        LzwStatus.TooFewPixels => GifRefusals.Structure(offset + taken, "its pixel data ends early"),
        LzwStatus.NoColour => GifRefusals.Structure(offset + taken, "a pixel of it has no colour"),
        LzwStatus.BehindEnd => GifRefusals.Trailing(offset + taken, "behind the end of its pixel data"),
        _ => GifRefusals.Structure(offset + taken, "its compressed pixel data is damaged"),
    };

    public Verdict.Refuse? FinishPixels(long offset) => _lzw.IsComplete ? null : GifRefusals.Structure(offset, "its pixel data ends early");

    private Verdict.Refuse? Grow(int right, int bottom, long offset)
    {
        (_width, _height) = (Math.Max(_width, right), Math.Max(_height, bottom));
        var isTooLarge = _width > policy.MaxSide || _height > policy.MaxSide || (long)_width * _height > policy.MaxPixels;
        return isTooLarge ? GifRefusals.Pixels(offset, _width, _height) : null;
    }

    private static int Half(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
