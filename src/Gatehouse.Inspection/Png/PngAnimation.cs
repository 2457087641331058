using System.Buffers.Binary;

namespace Gatehouse.Inspection.Png;

/// <summary>
/// An animation's frames (PNG 3rd ed., 11.3.6): as many as announced, inside the canvas, numbered without a gap, each inflated to exactly its rows.
/// </summary>
internal sealed class PngAnimation(PngHeader canvas, uint frames, long maxPixels) : IDisposable
{
    public const int ControlLength = 8;
    public const int FrameControlLength = 26;
    private const int SequenceLength = 4;

    /// <summary>Inflated, of the picture and all frames together, for each pixel that a picture may have: at 8 bytes a pixel two of the largest pictures.</summary>
    private const long BytesPerPixel = 16;

    private PngPicture? _frame;
    private uint _framesSeen;
    private uint _nextSequence;
    private long _pixels;
    private long _bytes = canvas.RowBytes(canvas.Width) * canvas.Height;
    private uint _sequence;
    private int _sequenceRead;
    private bool _isDefaultImage;

    /// <summary>A frame's place and size. One before the picture's own data describes that data.</summary>
    public Verdict.Refuse? StartFrame(ReadOnlySpan<byte> control, bool isBeforeData, long offset)
    {
        if (FinishFrame(offset) is { } unfinished)
            return unfinished;
        var frame = canvas with { Width = Word(control, 4), Height = Word(control, 8) };
        var isInside = frame.Width > 0 && frame.Height > 0 && (ulong)frame.Width + Word(control, 12) <= canvas.Width
            && (ulong)frame.Height + Word(control, 16) <= canvas.Height;
        if (!isInside || ++_framesSeen > frames || Word(control, 0) != _nextSequence++)
            return PngRefusals.Structure(offset, "a frame of its animation is wrong");
        _pixels += (long)frame.Width * frame.Height;
        _bytes += isBeforeData ? 0 : frame.RowBytes(frame.Width) * frame.Height;
        if (_pixels > maxPixels * MediaLimits.PicturesWorth || _bytes > maxPixels * BytesPerPixel)
            return PngRefusals.Expands(offset, "has an animation that expands to more than is allowed");
        _isDefaultImage = isBeforeData;
        _frame = isBeforeData ? null : new PngPicture(frame);
        return null;
    }

    public void StartData() => _sequenceRead = 0;

    public Verdict.Refuse? WriteData(ReadOnlySpan<byte> data, long offset)
    {
        while (_sequenceRead < SequenceLength && !data.IsEmpty)
        {
            _sequence = (_sequence << 8) | data[0];
            data = data[1..];
            offset++;
            if (++_sequenceRead == SequenceLength && (_sequence != _nextSequence++ || _frame is null))
                return PngRefusals.Structure(offset, "the frames of its animation are out of order");
        }

        return data.IsEmpty ? null : _frame!.Write(data, offset);
    }

    /// <summary>The picture ends: every frame announced was there.</summary>
    public Verdict.Refuse? Finish(long offset) =>
        FinishFrame(offset) ?? (_framesSeen == frames ? null : PngRefusals.Structure(offset, "frames of its animation are missing"));

    public void Dispose() => _frame?.Dispose();

    private Verdict.Refuse? FinishFrame(long offset)
    {
        if (_frame is null)
            return _framesSeen == 0 || _isDefaultImage ? null : PngRefusals.Structure(offset, "a frame of its animation has no data");
        var isComplete = _frame.IsComplete;
        _frame.Dispose();
        _frame = null;
        return isComplete ? null : PngRefusals.Structure(offset, "a frame of its animation ends early");
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
