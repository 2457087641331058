using System.Buffers.Binary;

namespace Gatehouse.Inspection.Webp;

/// <summary>
/// Walks a WebP file (RFC 9649): a RIFF form as long as the file, chunks with their lengths and padding, in order (2.5 to 2.7), the headers of lossy
/// (RFC 6386, 9.1) and lossless pictures (RFC 9649, 3.4) agreeing with the canvas. Refusals: see docs/inspection.md.
/// </summary>
public sealed class WebpValidator(InspectionPolicy policy) : IValidator
{
    private enum Step
    {
        FileHeader,
        ChunkHeader,
        FrameHeader,
        Data,
        Padding,
        Ended,
    }

    private const int FileHeaderLength = 12;
    private const int ChunkHeaderLength = 8;

    private readonly WebpChunks _chunks = new(policy);
    private readonly byte[] _few = new byte[FileHeaderLength];
    private int _fewLength;
    private Step _step;
    private long _offset;
    private long _end;
    private long _frameEnd;
    private uint _left;
    private bool _isPadded;

    /// <summary>By the form's name and the first letters of its first chunk, as every picture's begins.</summary>
    public static ValidatorEntry Entry { get; } = new(
        WebpRefusals.Mime,
        static prefix => prefix.StartsWith("RIFF"u8) && prefix.Length >= FileHeaderLength + 3 && prefix[8..].StartsWith("WEBPVP8"u8),
        static policy => new WebpValidator(policy))
    {
        IsSearchedWhole = true,
    };

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var refusal = _step switch
            {
                Step.FileHeader => ReadFileHeader(ref bytes),
                Step.ChunkHeader => ReadChunkHeader(ref bytes),
                Step.FrameHeader or Step.Data => ReadData(ref bytes),
                Step.Padding => ReadPadding(ref bytes),
                _ => WebpRefusals.Trailing(_offset),
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken) =>
        _step == Step.Ended ? new Verdict.Accept(WebpRefusals.Mime, Charset: null, Flags: []) : WebpRefusals.Truncated(_offset);

    public void Dispose() => _chunks.Dispose();

    /// <summary>The size counts from behind itself (2.4).</summary>
    private Verdict.Refuse? ReadFileHeader(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes, FileHeaderLength))
            return null;
        _end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(_few.AsSpan(4));
        _step = Step.ChunkHeader;
        return null;
    }

    private Verdict.Refuse? ReadChunkHeader(ref ReadOnlySpan<byte> bytes)
    {
        if (!Gather(ref bytes, ChunkHeaderLength))
            return null;
        var type = BinaryPrimitives.ReadUInt32BigEndian(_few);
        _left = BinaryPrimitives.ReadUInt32LittleEndian(_few.AsSpan(4));
        _isPadded = (_left & 1) != 0 && !IsUnpaddedEnd;
        var at = _offset - ChunkHeaderLength;
        var isInFrame = _frameEnd > 0;
        if (_offset + _left + (_isPadded ? 1 : 0) > (isInFrame ? _frameEnd : _end))
            return WebpRefusals.Structure(at, "a part of it has an impossible length");
        if (_chunks.Start(type, _left, at, isInFrame) is { } refusal)
            return refusal;
        _step = Step.Data;
        if (type != WebpChunk.Frame)
            return _left == 0 ? EndData() : null;
        if (_isPadded)
            return WebpRefusals.Structure(at, "a part of it has an impossible length");
        (_frameEnd, _left, _step) = (_offset + _left, WebpPictures.FrameLength, Step.FrameHeader);
        return null;
    }

    /// <summary>Some encoders leave out the last chunk's padding and do not count it, so that the form's length is odd.</summary>
    private bool IsUnpaddedEnd => _frameEnd == 0 && _offset + _left == _end;

    private Verdict.Refuse? ReadData(ref ReadOnlySpan<byte> bytes)
    {
        var data = bytes[..(int)Math.Min((uint)bytes.Length, _left)];
        bytes = bytes[data.Length..];
        _offset += data.Length;
        _left -= (uint)data.Length;
        return _chunks.Write(data) ?? (_left == 0 ? EndData() : null);
    }

    /// <summary>A frame's own header ends where its first chunk begins.</summary>
    private Verdict.Refuse? EndData()
    {
        if (_step == Step.Data && _isPadded)
        {
            _step = Step.Padding;
            return null;
        }

        return EndChunk();
    }

    private Verdict.Refuse? ReadPadding(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 0)
            return WebpRefusals.Structure(_offset, "a part of it is not padded as it must be");
        bytes = bytes[1..];
        _offset++;
        return EndChunk();
    }

    private Verdict.Refuse? EndChunk()
    {
        if (_offset == _frameEnd)
        {
            _frameEnd = 0;
            if (_chunks.FinishFrame(_offset) is { } refusal)
                return refusal;
        }

        _step = _offset == _end ? Step.Ended : Step.ChunkHeader;
        return _step == Step.Ended ? _chunks.FinishFile(_offset) : null;
    }

    /// <summary>True: <see cref="_few"/> holds the bytes asked for.</summary>
    private bool Gather(ref ReadOnlySpan<byte> bytes, int length)
    {
        var taken = Math.Min(bytes.Length, length - _fewLength);
        bytes[..taken].CopyTo(_few.AsSpan(_fewLength));
        bytes = bytes[taken..];
        _fewLength += taken;
        _offset += taken;
        if (_fewLength < length)
            return false;
        _fewLength = 0;
        return true;
    }
}
