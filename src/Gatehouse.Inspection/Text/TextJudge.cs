namespace Gatehouse.Inspection.Text;

/// <summary>
/// Every rule of text over one sliding window. Each byte passes each check once: a check stops short of the window's end by what it looks ahead,
/// and goes on from there when more bytes have come.
/// </summary>
internal sealed class TextJudge
{
    /// <summary>The longest look ahead: the 63 bytes after the '%' of the EICAR string, with room.</summary>
    public const int LookAhead = 80;

    /// <summary>The longest look back, of a mark at what stands before it on its line.</summary>
    public const int LookBack = 32;

    /// <summary>What stays in the window when it slides.</summary>
    public const int Overlap = LookAhead + LookBack;

    private readonly MarkScanner _marks = new();
    private readonly TagScanner _tags = new();
    private readonly Opening _opening = new();
    private readonly Utf7Lane _utf7 = new();
    private readonly ProgramWindows _program = new();
    private int _seen;
    private int _scanned;
    private long _endMark = -1;
    private long _origin = -1;

    public Utf8Walk Encoding { get; } = new();

    /// <summary>The window lost <paramref name="count"/> bytes at its start.</summary>
    public void Slide(int count)
    {
        _seen = Math.Max(0, _seen - count);
        _scanned = Math.Max(0, _scanned - count);
        Encoding.Slide(count);
    }

    /// <param name="window">Full, or all that is left of the text.</param>
    public Verdict.Refuse? Next(ReadOnlySpan<byte> window, long windowStart, bool isFinal)
    {
        if (_origin < 0)
            _origin = windowStart;
        var control = _seen == window.Length ? -1 : ControlCharacters.IndexIn(window[_seen..]);
        if (control >= 0)
            control += _seen;
        if (Controls(window, control, windowStart) is { } binary)
            return Before(window, control, windowStart) ?? binary;
        Encoding.Next(window, isFinal);
        _opening.Add(window[_seen..]);
        _seen = window.Length;
        var refusal = _opening.Judge(isFinal) ?? Scan(window, windowStart, isFinal ? window.Length : Math.Max(_scanned, window.Length - LookAhead));
        return refusal ?? _program.Next(window, isFinal);
    }

    private Verdict.Refuse? Scan(ReadOnlySpan<byte> window, long windowStart, int to)
    {
        var from = _scanned;
        _scanned = to;
        if (from >= to)
            return null;
        var firstThing = _opening.Start < 0 ? -1 : _origin + _opening.Start;
        return Earliest(_marks.Scan(window, from, to, windowStart), Earliest(_tags.Scan(window, from, to, windowStart, firstThing), _utf7.Scan(window, from, to, windowStart)));
    }

    /// <summary>What a reader meets first counts.</summary>
    internal static Verdict.Refuse? Earliest(Verdict.Refuse? one, Verdict.Refuse? other)
    {
        if (one is null || other is null)
            return one ?? other;
        return other.Offset < one.Offset ? other : one;
    }

    /// <summary>What stands before a control character is judged as if the text ended there: markup with a NUL in it is markup.</summary>
    private Verdict.Refuse? Before(ReadOnlySpan<byte> window, int control, long windowStart)
    {
        if (control < _seen)
            return null;
        _opening.Add(window[_seen..control]);
        return _opening.Judge(isFinal: true) ?? Scan(window[..control], windowStart, control);
    }

    /// <summary>A 0x1A passes as the file's last byte: DOS ended texts with it.</summary>
    private Verdict.Refuse? Controls(ReadOnlySpan<byte> window, int control, long windowStart)
    {
        if (_endMark >= 0 && _seen < window.Length)
            return TextRefusals.Binary(_endMark);
        if (control < 0)
            return null;
        if (window[control] != ControlCharacters.EndMark || control != window.Length - 1)
            return ControlCharacters.Judge(window, control, windowStart);
        _endMark = windowStart + control;
        return null;
    }
}
