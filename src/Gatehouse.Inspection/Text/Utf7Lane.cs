namespace Gatehouse.Inspection.Text;

/// <summary>
/// The text as a reader of UTF-7 (RFC 2152) would see it: begins at the first run that hides a '&lt;' or begins with an ASCII character, and then judges the
/// decoded text by the same rules as the text itself.
/// </summary>
internal sealed class Utf7Lane
{
    /// <summary>How far before its first run a tag may have begun, in bytes.</summary>
    private const int Before = 512;

    /// <summary>A byte order mark may stand before the text.</summary>
    private const int LongestMark = 3;

    private const ushort ByteOrderMark = 0xFEFF;

    private readonly byte[] _decoded = new byte[2048];
    private MarkScanner? _marks;
    private TagScanner? _tags;
    private Opening? _opening;
    private int _length;
    private int _scanned;
    private int _opened;
    private uint _bits;
    private int _bitCount = -1;

    public Verdict.Refuse? Scan(ReadOnlySpan<byte> window, int from, int to, long windowStart)
    {
        if (_marks is null)
        {
            if (!HidesText(window, ref from, to))
                return null;
            Begin(ref from, windowStart);
        }

        for (var at = from; at < to; at++)
        {
            Decode(window[at]);
            if (_length >= _decoded.Length - 4 && Judge(windowStart + at, _length - TextJudge.LookAhead, isFinal: false) is { } refusal)
                return refusal;
        }

        var isFinal = to == window.Length;
        return Judge(windowStart + to, isFinal ? _length : _length - TextJudge.LookAhead, isFinal);
    }

    /// <summary>Runs are known by their place, and stepped over whole: what looks like one inside another is none.</summary>
    private static bool HidesText(ReadOnlySpan<byte> window, ref int from, int to)
    {
        while (from < to && window[from..to].IndexOf((byte)'+') is var plus and >= 0)
        {
            from += plus;
            if (RunHidesText(window[(from + 1)..], out var length))
                return true;
            from += 1 + length;
        }

        return false;
    }

    private static bool RunHidesText(ReadOnlySpan<byte> run, out int length)
    {
        uint bits = 0;
        var (count, units) = (0, 0);
        for (length = 0; length < run.Length && Value(run[length]) is var value and >= 0; length++)
        {
            bits = (bits << 6) | (uint)value;
            count += 6;
            if (count < 16)
                continue;
            count -= 16;
            var unit = (ushort)(bits >> count);
            if (unit == '<' || (units++ == 0 && unit is >= ' ' and < 0x7F))
                return true;
        }

        return false;
    }

    /// <summary>From the file's start if that is near, so that its first thing is judged as such.</summary>
    private void Begin(ref int from, long windowStart)
    {
        _marks = new MarkScanner();
        _tags = new TagScanner();
        from = Math.Max(0, from - Before);
        if (from == 0 && windowStart <= LongestMark)
            _opening = new Opening();
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
            if (unit != ByteOrderMark)
                _decoded[_length++] = unit < 0x80 ? (byte)unit : (byte)'?';
            return;
        }

        _bitCount = -1;
        if (c != '-')
            _decoded[_length++] = c;
    }

    /// <summary>Judges what is new, and keeps the overlap.</summary>
    private Verdict.Refuse? Judge(long offset, int to, bool isFinal)
    {
        var decoded = _decoded.AsSpan(0, _length);
        to = Math.Max(to, _scanned);
        var refusal = Open(decoded, isFinal) ?? _marks!.Scan(decoded, _scanned, to, 0) ?? _tags!.Scan(decoded, _scanned, to, 0, -1);
        _scanned = to;
        if (_length > _decoded.Length - TextJudge.Overlap)
        {
            var dropped = _length - TextJudge.Overlap;
            decoded[dropped..].CopyTo(_decoded);
            _scanned -= dropped;
            _opened = Math.Max(0, _opened - dropped);
            _length = TextJudge.Overlap;
        }

        return refusal is null ? null : refusal with { Offset = offset };
    }

    private Verdict.Refuse? Open(ReadOnlySpan<byte> decoded, bool isFinal)
    {
        if (_opening is null)
            return null;
        _opening.Add(decoded[_opened..]);
        _opened = decoded.Length;
        return _opening.Judge(isFinal);
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
