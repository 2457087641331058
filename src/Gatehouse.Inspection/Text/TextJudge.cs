namespace Gatehouse.Inspection.Text;

/// <summary>
/// Every rule of text over one sliding window. Each byte passes each check once: a check stops short of the window's end by what it looks ahead,
/// and goes on from there when more bytes have come.
/// </summary>
internal sealed class TextJudge
{
    /// <summary>The longest look ahead: the 63 bytes after the '%' of the EICAR string, with room.</summary>
    public const int LookAhead = 80;

    /// <summary>What stays in the window when it slides: the look ahead, and the 32 bytes that a mark looks back.</summary>
    public const int Overlap = LookAhead + 32;

    private readonly MarkScanner _marks = new();
    private readonly TagScanner _tags = new();
    private readonly Opening _opening = new();
    private readonly Utf7Lane _utf7 = new();
    private int _seen;
    private int _scanned;
    private long _endMark = -1;
    private long _origin = -1;
    private bool _readAsProgram;

    public Utf8Walk Encoding { get; } = new();

    /// <summary>The window lost <paramref name="count"/> bytes at its start.</summary>
    public void Slide(int count)
    {
        _seen = Math.Max(0, _seen - count);
        _scanned = Math.Max(0, _scanned - count);
        Encoding.Slide(count);
    }

    public Verdict.Refuse? Next(ReadOnlySpan<byte> window, long windowStart, bool isFinal, bool isFull)
    {
        var refusal = Controls(window, windowStart);
        if (refusal is not null)
            return refusal;
        if (_origin < 0)
            _origin = windowStart;
        Encoding.Next(window, isFinal);
        _opening.Add(window[_seen..]);
        _seen = window.Length;
        var to = isFinal ? window.Length : Math.Max(_scanned, window.Length - LookAhead);
        refusal = _opening.Judge(isFinal) ?? Scan(window, windowStart, to);
        if (refusal is null && !_readAsProgram && (isFinal || isFull))
        {
            _readAsProgram = true;
            refusal = ProgramText.Judge(window);
        }

        return refusal;
    }

    private Verdict.Refuse? Scan(ReadOnlySpan<byte> window, long windowStart, int to)
    {
        var from = _scanned;
        _scanned = to;
        if (from >= to)
            return null;
        return _marks.Scan(window, from, to, windowStart)
            ?? _tags.Scan(window, from, to, windowStart, _opening.Start < 0 ? -1 : _origin + _opening.Start)
            ?? _utf7.Scan(window, from, to, windowStart);
    }

    /// <summary>A 0x1A passes as the file's last byte: DOS ended texts with it.</summary>
    private Verdict.Refuse? Controls(ReadOnlySpan<byte> window, long windowStart)
    {
        if (_seen == window.Length)
            return null;
        if (_endMark >= 0)
            return TextRefusals.Binary(_endMark);
        var at = ControlCharacters.IndexIn(window[_seen..]);
        if (at < 0)
            return null;
        at += _seen;
        if (window[at] == ControlCharacters.EndMark && at == window.Length - 1)
        {
            _endMark = windowStart + at;
            return null;
        }

        return ControlCharacters.Judge(window, at, windowStart);
    }
}
