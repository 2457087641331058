using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>
/// Walks a JPEG file (ITU-T T.81 | ISO/IEC 10918-1, annex B; JFIF, T.871): SOI, segments, one frame, scans with stuffing and restarts, EOI; then a tail of
/// a known kind, or none. Refusals: see docs/inspection.md.
/// </summary>
public sealed class JpegValidator : IValidator
{
    private enum Step
    {
        MarkerStart,
        MarkerCode,
        Length,
        Payload,
        Entropy,
        EntropyMarker,
        Tail,
    }

    private readonly InspectionPolicy _policy;
    private readonly JpegSegments _segments;
    private readonly PooledBytes _payload = new();
    private Step _step;
    private long _offset;
    private byte _code;
    private int _length;
    private int _lengthRead;
    private bool _hasStarted;

    /// <summary>For a file's first picture.</summary>
    public JpegValidator(InspectionPolicy policy)
        : this(policy, new JoinedTexts())
    {
    }

    /// <param name="comments">Those of the pictures before it in its file.</param>
    internal JpegValidator(InspectionPolicy policy, JoinedTexts comments)
    {
        _policy = policy;
        _segments = new JpegSegments(policy, comments);
    }

    public static ValidatorEntry Entry { get; } = new(JpegRefusals.Mime, static prefix => prefix.StartsWith(Signature), static policy => new JpegValidator(policy)) { IsSearchedWhole = true };

    private static ReadOnlySpan<byte> Signature => [0xFF, JpegMarker.Start, 0xFF];

    /// <summary>Where the picture ended; what follows is its tail. -1 before.</summary>
    internal long EndOffset { get; private set; } = -1;

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var refusal = _step switch
            {
                Step.MarkerStart => ReadMarkerStart(ref bytes),
                Step.MarkerCode => ReadMarkerCode(ref bytes),
                Step.Length => ReadLength(ref bytes),
                Step.Payload => ReadPayload(ref bytes),
                Step.Entropy => SkipEntropy(ref bytes),
                Step.EntropyMarker => ReadEntropyMarker(ref bytes),
                _ => SkipTail(ref bytes),
            };
            if (refusal is not null)
                return refusal;
        }

        return null;
    }

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (FinishPicture(file) is { } unfinished)
            return unfinished;
        if (EndOffset < _offset && new JpegTail(file, _segments.Metadata, _policy).Walk(EndOffset, cancellationToken) is { } refusal)
            return refusal;
        return new Verdict.Accept(JpegRefusals.Mime, Charset: null, Flags: []);
    }

    /// <summary>All but its tail.</summary>
    internal Verdict.Refuse? FinishPicture(IFileContent file) =>
        EndOffset < 0 ? JpegRefusals.Truncated(_offset) : _segments.Metadata.Finish(file);

    public void Dispose()
    {
        _payload.Dispose();
        _segments.Dispose();
    }

    private Verdict.Refuse? ReadMarkerStart(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != JpegMarker.Fill)
            return JpegRefusals.Structure(_offset, "the structure of the file is broken");
        Advance(ref bytes, 1);
        _step = Step.MarkerCode;
        return null;
    }

    /// <summary>Any number of fill bytes may stand before a code (T.81, B.1.1.2).</summary>
    private Verdict.Refuse? ReadMarkerCode(ref ReadOnlySpan<byte> bytes)
    {
        _code = bytes[0];
        var at = _offset - 1;
        Advance(ref bytes, 1);
        if (_code == JpegMarker.Fill)
            return null;
        if (!_hasStarted)
        {
            _hasStarted = true;
            _step = Step.MarkerStart;
            return _code == JpegMarker.Start ? null : JpegRefusals.Structure(at, "it does not begin as one");
        }

        if (_code == JpegMarker.End)
        {
            EndOffset = _offset;
            _step = Step.Tail;
            return _segments.End(at);
        }

        (_length, _lengthRead, _step) = (0, 0, Step.Length);
        return _segments.Start(_code, at);
    }

    private Verdict.Refuse? ReadLength(ref ReadOnlySpan<byte> bytes)
    {
        _length = (_length << 8) | bytes[0];
        Advance(ref bytes, 1);
        if (++_lengthRead < 2)
            return null;
        _length -= 2;
        if (_length < 0)
            return JpegRefusals.Structure(_offset - 2, "a part of it has an impossible length");
        _payload.Clear();
        _step = Step.Payload;
        return _length == 0 ? EndPayload([]) : null;
    }

    private Verdict.Refuse? ReadPayload(ref ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, _length - _payload.Length)];
        Advance(ref bytes, taken.Length);
        if (taken.Length == _length)
            return EndPayload(taken);
        _payload.Add(taken);
        return _payload.Length == _length ? EndPayload(_payload.Bytes) : null;
    }

    private Verdict.Refuse? EndPayload(ReadOnlySpan<byte> payload)
    {
        _step = _code == JpegMarker.Scan ? Step.Entropy : Step.MarkerStart;
        return _segments.Judge(_code, payload, _offset - payload.Length);
    }

    private Verdict.Refuse? SkipEntropy(ref ReadOnlySpan<byte> bytes)
    {
        var marker = bytes.IndexOf(JpegMarker.Fill);
        if (marker < 0)
        {
            Advance(ref bytes, bytes.Length);
            return null;
        }

        Advance(ref bytes, marker + 1);
        _step = Step.EntropyMarker;
        return null;
    }

    /// <summary>Stuffing and restarts (T.81, B.1.1.5) stay in the scan; any other marker ends it.</summary>
    private Verdict.Refuse? ReadEntropyMarker(ref ReadOnlySpan<byte> bytes)
    {
        var code = bytes[0];
        if (code == JpegMarker.Stuffing || JpegMarker.IsRestart(code))
        {
            var at = _offset - 1;
            Advance(ref bytes, 1);
            _step = Step.Entropy;
            return code == JpegMarker.Stuffing ? null : _segments.Restart(code, at);
        }

        _step = Step.MarkerCode;
        return null;
    }

    /// <summary>A tail is judged when all of it is there: what it is stands at its end, or in the metadata.</summary>
    private Verdict.Refuse? SkipTail(ref ReadOnlySpan<byte> bytes)
    {
        Advance(ref bytes, bytes.Length);
        return null;
    }

    private void Advance(ref ReadOnlySpan<byte> bytes, int count)
    {
        bytes = bytes[count..];
        _offset += count;
    }
}
