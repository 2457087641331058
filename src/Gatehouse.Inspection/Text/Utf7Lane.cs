namespace Gatehouse.Inspection.Text;

/// <summary>
/// The text as a reader of UTF-7 (RFC 2152) would see it: begins at the first run that hides a '&lt;', and then judges the decoded text by the same
/// marks and tags.
/// </summary>
internal sealed class Utf7Lane
{
    private readonly byte[] _decoded = new byte[2048];
    private MarkScanner? _marks;
    private TagScanner? _tags;
    private int _length;
    private int _scanned;
    private uint _bits;
    private int _bitCount = -1;

    public Verdict.Refuse? Scan(ReadOnlySpan<byte> window, int from, int to, long windowStart)
    {
        if (_marks is null && !HidesTag(window, ref from, to))
            return null;
        _marks ??= new MarkScanner();
        _tags ??= new TagScanner();
        for (var at = from; at < to; at++)
        {
            Decode(window[at]);
            if (_length >= _decoded.Length - 4 && Judge(windowStart + at, _length - TextJudge.LookAhead) is { } refusal)
                return refusal;
        }

        return Judge(windowStart + to, to == window.Length ? _length : _length - TextJudge.LookAhead);
    }

    private static bool HidesTag(ReadOnlySpan<byte> window, ref int from, int to)
    {
        while (from < to && window[from..to].IndexOf((byte)'+') is var plus and >= 0)
        {
            from += plus;
            if (RunHidesTag(window[(from + 1)..]))
                return true;
            from++;
        }

        return false;
    }

    private static bool RunHidesTag(ReadOnlySpan<byte> run)
    {
        uint bits = 0;
        var count = 0;
        for (var i = 0; i < run.Length && i < 64 && Value(run[i]) is var value and >= 0; i++)
        {
            bits = (bits << 6) | (uint)value;
            count += 6;
            if (count < 16)
                continue;
            count -= 16;
            if ((ushort)(bits >> count) == '<')
                return true;
        }

        return false;
    }

    private void Decode(byte c)
    {
        if (_bitCount < 0)
        {
            if (c == '+')
                _bitCount = 0;
            else
                _decoded[_length++] = c;
            return;
        }

        if (Value(c) is var value and >= 0)
        {
            _bits = (_bits << 6) | (uint)value;
            _bitCount += 6;
            if (_bitCount < 16)
                return;
            _bitCount -= 16;
            var unit = (ushort)(_bits >> _bitCount);
            _decoded[_length++] = unit < 0x80 ? (byte)unit : (byte)'?';
            return;
        }

        _bitCount = -1;
        if (c != '-')
            _decoded[_length++] = c;
    }

    /// <summary>Judges what is new, and keeps the overlap.</summary>
    private Verdict.Refuse? Judge(long offset, int to)
    {
        var decoded = _decoded.AsSpan(0, _length);
        to = Math.Max(to, _scanned);
        var refusal = _marks!.Scan(decoded, _scanned, to, 0) ?? _tags!.Scan(decoded, _scanned, to, 0, -1);
        _scanned = to;
        if (_length > _decoded.Length - TextJudge.Overlap)
        {
            decoded[^TextJudge.Overlap..].CopyTo(_decoded);
            _scanned -= _length - TextJudge.Overlap;
            _length = TextJudge.Overlap;
        }

        return refusal is null ? null : refusal with { Offset = offset };
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
