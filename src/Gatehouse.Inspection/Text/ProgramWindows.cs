namespace Gatehouse.Inspection.Text;

/// <summary>
/// Whether a text as a whole reads as a program, by windows of it: the first few, and one in sixteen behind them, since reading a line costs far more than decoding it.
/// A first window that is one decides at once; else most of those that say anything.
/// </summary>
internal sealed class ProgramWindows
{
    /// <summary>As many as a long comment at the beginning may take.</summary>
    private const int Consecutive = 4;
    private const int Stride = 16;

    private int _windows;
    private int _programs;
    private int _others;
    private bool _inComment;

    /// <param name="window">The next bytes, with some of the last window's before them.</param>
    public Verdict.Refuse? Next(ReadOnlySpan<byte> window, bool isFinal)
    {
        var index = _windows++;
        _inComment &= index < Consecutive;
        if (index < Consecutive || index % Stride == 0)
            Count(index == 0 || _inComment ? window : WithoutFirstLine(window), isFinal && index == 0);
        var isDecided = index == 0 || isFinal;
        return isDecided && _programs * 10 > (_programs + _others) * 7 ? TextRefusals.Script("text/x-script", "a program", 0) : null;
    }

    private void Count(ReadOnlySpan<byte> window, bool isWhole)
    {
        if (_inComment && !SkipComment(ref window))
            return;
        switch (ProgramText.Reads(window, isWhole, out _inComment))
        {
            case true:
                _programs++;
                break;
            case false:
                _others++;
                break;
        }
    }

    /// <summary>False: none of it is outside.</summary>
    private static bool SkipComment(ref ReadOnlySpan<byte> window)
    {
        var end = window.IndexOf("*/"u8);
        if (end >= 0)
            window = window[(end + 2)..];
        return end >= 0;
    }

    /// <summary>It began in the window before.</summary>
    private static ReadOnlySpan<byte> WithoutFirstLine(ReadOnlySpan<byte> window)
    {
        var end = window.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? window : window[(end + 1)..];
    }
}
