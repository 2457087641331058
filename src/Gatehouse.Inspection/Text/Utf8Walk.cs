using System.Text;
using System.Text.Unicode;

namespace Gatehouse.Inspection.Text;

/// <summary>Whether the text is UTF-8 (RFC 3629, section 4) so far, in pieces of any size.</summary>
internal sealed class Utf8Walk
{
    private int _walked;
    private bool _isAscii = true;
    private bool _sawWholeSequence;

    public bool IsUtf8 { get; private set; } = true;

    /// <summary>Good UTF-8 that ends inside a character.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The charset's IANA name; null: not UTF-8.</summary>
    public string? Name => IsUtf8 ? (_isAscii ? "us-ascii" : "utf-8") : null;

    public void Slide(int count) => _walked = Math.Max(0, _walked - count);

    public void Next(ReadOnlySpan<byte> window, bool isFinal)
    {
        if (!IsUtf8)
            return;
        var fresh = window[_walked..];
        var open = OpenSequenceLength(fresh);
        var closed = fresh[..^open];
        _sawWholeSequence = _sawWholeSequence || !Ascii.IsValid(closed);
        if (_sawWholeSequence && !Utf8.IsValid(closed))
        {
            IsUtf8 = false;
            return;
        }

        _isAscii = !_sawWholeSequence && open == 0;
        _walked = window.Length - open;
        if (!isFinal || open == 0)
            return;
        // One odd byte at the end of an otherwise plain text is more likely another charset's letter than half of one of UTF-8's.
        IsCutShort = _sawWholeSequence;
        IsUtf8 = false;
    }

    /// <summary>How many last bytes begin a sequence whose end has not come.</summary>
    private static int OpenSequenceLength(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var lead = bytes[^back];
            if (lead < 0x80)
                return 0;
            if (lead >= 0xC0)
                return back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }
}
