using System.Buffers.Binary;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>The segments' order and content (T.81, B.2): one frame, tables of their declared size, scans of the frame's components.</summary>
internal sealed class JpegSegments(InspectionPolicy policy) : IDisposable
{
    private const int MaxScans = 1000;

    private readonly HashSet<byte> _components = [];
    private bool _hasFrame;
    private int _scans;
    private int _restartInterval;
    private byte _nextRestart;

    public JpegMetadata Metadata { get; } = new();

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
            return JudgeFrame(payload, offset);
        return code switch
        {
            JpegMarker.Scan => JudgeScan(payload, offset),
            JpegMarker.QuantizationTables => JpegTables.AreQuantization(payload) ? null : JpegRefusals.Structure(offset, "its tables are broken"),
            JpegMarker.HuffmanTables => JpegTables.AreHuffman(payload) ? null : JpegRefusals.Structure(offset, "its tables are broken"),
            JpegMarker.RestartInterval => JudgeRestartInterval(payload, offset),
            JpegMarker.LineCount => payload.Length == 2 ? null : JpegRefusals.Structure(offset, "its line count is broken"),
            _ when JpegMarker.IsTables(code) => payload.Length % 2 == 0 ? null : JpegRefusals.Structure(offset, "its tables are broken"),
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

    public Verdict.Refuse? End(long offset) => _scans > 0 ? null : JpegRefusals.Structure(offset, "it ends without pixels");

    public void Dispose() => Metadata.Dispose();

    /// <summary>B.2.2. A height of zero would be told later (B.2.5), which nothing that takes photographs does.</summary>
    private Verdict.Refuse? JudgeFrame(ReadOnlySpan<byte> payload, long offset)
    {
        if (payload.Length < 6 || payload[5] is < 1 or > 4 || payload.Length != 6 + (3 * payload[5]) || payload[0] is not (8 or 12))
            return JpegRefusals.Structure(offset, "its header is wrong");
        int height = BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(payload[3..]);
        if (height == 0 || width == 0)
            return JpegRefusals.Structure(offset, "its size is missing");
        if (width > policy.MaxSide || height > policy.MaxSide || (long)width * height > policy.MaxPixels)
            return JpegRefusals.Pixels(offset, width, height);
        for (var at = 6; at < payload.Length; at += 3)
        {
            var isSane = _components.Add(payload[at]) && (payload[at + 1] >> 4) is >= 1 and <= 4 && (payload[at + 1] & 15) is >= 1 and <= 4 && payload[at + 2] <= 3;
            if (!isSane)
                return JpegRefusals.Structure(offset + at, "its header is wrong");
        }

        _hasFrame = true;
        return null;
    }

    /// <summary>B.2.3. A progressive picture has some ten scans; thousands only serve to keep a reader busy.</summary>
    private Verdict.Refuse? JudgeScan(ReadOnlySpan<byte> payload, long offset)
    {
        if (payload.Length < 6 || payload[0] is < 1 or > 4 || payload.Length != 4 + (2 * payload[0]) || ++_scans > MaxScans)
            return JpegRefusals.Structure(offset, "a scan is wrong");
        for (var i = 0; i < payload[0]; i++)
        {
            if (!_components.Contains(payload[1 + (2 * i)]))
                return JpegRefusals.Structure(offset, "a scan is of a component that it does not have");
        }

        _nextRestart = 0;
        return null;
    }

    private Verdict.Refuse? JudgeRestartInterval(ReadOnlySpan<byte> payload, long offset)
    {
        if (payload.Length != 2)
            return JpegRefusals.Structure(offset, "its restart interval is broken");
        _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(payload);
        return null;
    }
}
