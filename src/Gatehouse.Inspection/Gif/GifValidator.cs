using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Gif;

/// <summary>
/// Walks a GIF file (GIF89a specification, CompuServe 1990; GIF87a is a part of it): header, logical screen, colour tables, extensions, frames whose
/// compressed pixels are decoded, trailer (sections 17 to 27) and nothing behind it. Refusals: see docs/inspection.md.
/// </summary>
public sealed class GifValidator(InspectionPolicy policy) : IValidator
{
    private enum Step
    {
        Screen,
        ColourTable,
        Block,
        ExtensionLabel,
        ExtensionLength,
        ExtensionData,
        Descriptor,
        CodeSize,
        PixelLength,
        PixelData,
        Ended,
    }

    private const int SignatureLength = 6;
    private const byte Extension = 0x21;
    private const byte Frame = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte Filler = 0;

    /// <summary>Terminators too many between blocks, which every reader skips; some encoders write one behind each frame.</summary>
    private const int MaxFillers = 10_000;

    private readonly GifFrames _frames = new(policy);
    private readonly GifExtensions _extensions = new();
    private readonly GifPixelSearch _search = new();
    private readonly PooledBytes _gathered = new();
    private Step _step;
    private Step _behindTable;
    private long _offset;
    private int _left = SignatureLength + GifFrames.ScreenLength;
    private int _fillers;
    private int _zeros;
    private bool _isGathered;

    public static ValidatorEntry Entry { get; } = new(GifRefusals.Mime, IsGif, static policy => new GifValidator(policy));

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var refusal = _step switch
            {
                Step.Screen => ReadScreen(ref bytes),
                Step.ColourTable => ReadColourTable(ref bytes),
                Step.Descriptor => ReadDescriptor(ref bytes),
                Step.ExtensionData or Step.PixelData => ReadData(ref bytes),
                Step.Ended => SkipZeros(ref bytes),
                _ => ReadByte(ref bytes),
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken) =>
        _step == Step.Ended ? new Verdict.Accept(GifRefusals.Mime, Charset: null, Flags: []) : GifRefusals.Truncated(_offset);

    public void Dispose()
    {
        _extensions.Dispose();
        _search.Dispose();
        _gathered.Dispose();
    }

    /// <summary>One byte more than the signature, so that a text of the six letters alone is one.</summary>
    private static bool IsGif(ReadOnlySpan<byte> prefix) =>
        prefix.Length > SignatureLength && (prefix.StartsWith("GIF87a"u8) || prefix.StartsWith("GIF89a"u8));

    private Verdict.Refuse? ReadScreen(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes))
            return null;
        var screen = _gathered.Bytes[SignatureLength..];
        StartColourTable(screen[4], Step.Block);
        return _frames.StartScreen(screen, SignatureLength);
    }

    private Verdict.Refuse? ReadDescriptor(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes))
            return null;
        StartColourTable(_gathered.Bytes[8], Step.CodeSize);
        return _frames.StartFrame(_gathered.Bytes, _offset - GifFrames.DescriptorLength);
    }

    /// <summary>Three bytes a colour (sections 19 and 21).</summary>
    private void StartColourTable(byte packed, Step next)
    {
        var colours = GifFrames.ColoursOf(packed);
        (_step, _behindTable, _left) = (colours == 0 ? next : Step.ColourTable, next, 3 * colours);
    }

    private Verdict.Refuse? ReadColourTable(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes))
            return null;
        _step = _behindTable;
        return SecondFormatSearch.Find(_gathered.Bytes) is { } hit ? SecondFormatSearch.Refuse(GifRefusals.Mime, hit, _offset - _gathered.Length) : null;
    }

    private Verdict.Refuse? ReadByte(ref ReadOnlySpan<byte> bytes)
    {
        var value = bytes[0];
        var at = _offset++;
        bytes = bytes[1..];
        switch (_step)
        {
            case Step.Block:
                return StartBlock(value, at);
            case Step.ExtensionLabel:
                _step = Step.ExtensionLength;
                _extensions.Start(value, at);
                return null;
            case Step.ExtensionLength:
                (_left, _step) = (value, value == 0 ? Step.Block : Step.ExtensionData);
                return value == 0 ? _extensions.Finish(at) : _extensions.StartBlock(value, at);
            case Step.CodeSize:
                _step = Step.PixelLength;
                _search.Start(_offset);
                return _frames.StartPixels(value, _extensions.TakeTransparent(), at);
            default:
                (_left, _step) = (value, value == 0 ? Step.Block : Step.PixelData);
                return value == 0 ? _search.Finish() ?? _frames.FinishPixels(at) : _search.StartBlock(value);
        }
    }

    private Verdict.Refuse? StartBlock(byte introducer, long at)
    {
        switch (introducer)
        {
            case Extension:
                _step = Step.ExtensionLabel;
                return null;
            case Frame:
                (_step, _left) = (Step.Descriptor, GifFrames.DescriptorLength);
                return null;
            case Trailer:
                _step = Step.Ended;
                return _frames.HasAny ? null : GifRefusals.Structure(at, "it has no picture");
            case Filler when ++_fillers <= MaxFillers:
                return null;
            default:
                return GifRefusals.Structure(at, "the structure of the file is broken");
        }
    }

    private Verdict.Refuse? ReadData(ref ReadOnlySpan<byte> bytes)
    {
        var data = bytes[..Math.Min(bytes.Length, _left)];
        var at = _offset;
        var isPixels = _step == Step.PixelData;
        bytes = bytes[data.Length..];
        _offset += data.Length;
        _left -= data.Length;
        if (_left == 0)
            _step = isPixels ? Step.PixelLength : Step.ExtensionLength;
        return isPixels ? _search.Write(data) ?? _frames.WritePixels(data, at) : _extensions.Write(data);
    }

    /// <summary>Servers and cameras that keep whole blocks leave zeros behind the trailer, as behind other pictures' ends.</summary>
    private Verdict.Refuse? SkipZeros(ref ReadOnlySpan<byte> bytes)
    {
        // _offset stays where the trailer ended: that is what a refusal names.
        _zeros += bytes.Length;
        if (_zeros > MediaLimits.Zeros || bytes.ContainsAnyExcept((byte)0))
            return GifRefusals.Trailing(_offset, "behind its end");
        bytes = [];
        return null;
    }

    /// <summary>True: as many bytes as were asked for are at hand, until the next are gathered.</summary>
    private bool Gather(ref ReadOnlySpan<byte> bytes)
    {
        if (_isGathered)
            _gathered.Clear();
        var taken = Math.Min(bytes.Length, _left);
        _gathered.Add(bytes[..taken]);
        bytes = bytes[taken..];
        _offset += taken;
        _left -= taken;
        return _isGathered = _left == 0;
    }
}
