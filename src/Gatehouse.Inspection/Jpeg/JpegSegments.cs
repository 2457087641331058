using System.Buffers.Binary;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>The segments' order and content (T.81, B.2): one frame, tables of their declared size, scans of the frame's components.</summary>
internal sealed class JpegSegments(InspectionPolicy policy, JoinedTexts comments) : IDisposable
{
    private const string BrokenTables = "its tables are broken";

    private readonly JpegScans _scans = new();
    private bool _hasFrame;
    private bool _hasConditioning;
    private int _tables;
    private int _restartInterval;
    private byte _nextRestart;

    public JpegMetadata Metadata { get; } = new(comments);

    /// <summary>A marker with a segment was read: may it stand here.</summary>
    public Verdict.Refuse? Start(byte code, long offset)
    {
        if (JpegMarker.IsFrame(code))
            return _hasFrame ? JpegRefusals.Structure(offset, "it has more than one frame") : null;
        if (JpegMarker.IsTables(code) || JpegMarker.IsApplication(code) || code == JpegMarker.Comment)
            return null;
        if (code is JpegMarker.Scan or JpegMarker.LineCount)
            return _hasFrame ? null : JpegRefusals.Structure(offset, "it has pixels before its size");
        return JpegRefusals.Structure(offset, "it has a part that no program knows");
    }

    public Verdict.Refuse? Judge(byte code, ReadOnlySpan<byte> payload, long offset)
    {
        if (JpegMarker.IsFrame(code))
            return JudgeFrame(code, payload, offset);
        return code switch
        {
            JpegMarker.Scan => JudgeScan(payload, offset),
            JpegMarker.LineCount => payload.Length == 2 ? null : JpegRefusals.Structure(offset, "its line count is broken"),
            _ when JpegMarker.IsTables(code) => JudgeTables(code, payload, offset),
            _ => Metadata.Judge(code, payload, offset),
        };
    }

    /// <summary>Restarts count 0 to 7 and round again (T.81, B.2.1), and only where an interval was defined.</summary>
    public Verdict.Refuse? Restart(byte code, long offset)
    {
        var isNext = _restartInterval > 0 && code == JpegMarker.Restart0 + _nextRestart;
        _nextRestart = (byte)((_nextRestart + 1) & 7);
        return isNext ? null : JpegRefusals.Structure(offset, "parts of the picture are missing or out of order");
    }

    public Verdict.Refuse? End(long offset) => _scans.Count > 0 ? null : JpegRefusals.Structure(offset, "it ends without pixels");

    public void Dispose() => Metadata.Dispose();

    /// <summary>B.2.2. Samples of 12 bits are shown by no browser. A height of zero would be told later (B.2.5), which nothing that takes photographs does.</summary>
    private Verdict.Refuse? JudgeFrame(byte code, ReadOnlySpan<byte> payload, long offset)
    {
        if (payload.Length < 6 || payload[5] is < 1 or > 4 || payload.Length != 6 + (3 * payload[5]) || payload[0] != 8)
            return JpegRefusals.Structure(offset, "its header is wrong");
        int height = BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(payload[3..]);
        if (height == 0 || width == 0)
            return JpegRefusals.Structure(offset, "its size is missing");
        if (width > policy.MaxSide || height > policy.MaxSide || (long)width * height > policy.MaxPixels)
            return JpegRefusals.Pixels(offset, width, height);
        if (!_scans.Frame(code, payload))
            return JpegRefusals.Structure(offset, "its header is wrong");
        if (_hasConditioning && _scans.IsHuffman)
            return JpegRefusals.Structure(offset, BrokenTables);
        _hasFrame = true;
        return null;
    }

    private Verdict.Refuse? JudgeScan(ReadOnlySpan<byte> payload, long offset)
    {
        _nextRestart = 0;
        return _scans.Judge(payload) is { } wrong ? JpegRefusals.Structure(offset, wrong) : null;
    }

    /// <summary>Their values are free, so that something else may stand in them, or much of it.</summary>
    private Verdict.Refuse? JudgeTables(byte code, ReadOnlySpan<byte> payload, long offset)
    {
        if ((_tables += payload.Length) > MediaLimits.Unknown)
            return JpegRefusals.Metadata(offset);
        var refusal = code switch
        {
            JpegMarker.QuantizationTables => JudgeQuantization(payload, offset),
            JpegMarker.HuffmanTables => JudgeHuffman(payload, offset),
            JpegMarker.Conditioning => JudgeConditioning(payload, offset),
            _ => JudgeRestartInterval(payload, offset),
        };
        return refusal ?? MetadataJudge.Judge(MetadataKind.Opaque, payload, JpegRefusals.Mime, offset);
    }

    private Verdict.Refuse? JudgeQuantization(ReadOnlySpan<byte> payload, long offset)
    {
        if (!JpegTables.AreQuantization(payload))
            return JpegRefusals.Structure(offset, BrokenTables);
        _scans.Quantization(payload);
        return null;
    }

    private Verdict.Refuse? JudgeHuffman(ReadOnlySpan<byte> payload, long offset)
    {
        if (!JpegTables.AreHuffman(payload))
            return JpegRefusals.Structure(offset, BrokenTables);
        _scans.Huffman(payload);
        return null;
    }

    /// <summary>Only arithmetic coding has them.</summary>
    private Verdict.Refuse? JudgeConditioning(ReadOnlySpan<byte> payload, long offset)
    {
        _hasConditioning = true;
        var isRight = !(_hasFrame && _scans.IsHuffman) && JpegTables.AreConditioning(payload);
        return isRight ? null : JpegRefusals.Structure(offset, BrokenTables);
    }

    private Verdict.Refuse? JudgeRestartInterval(ReadOnlySpan<byte> payload, long offset)
    {
        if (payload.Length != 2)
            return JpegRefusals.Structure(offset, "its restart interval is broken");
        _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(payload);
        return null;
    }
}
