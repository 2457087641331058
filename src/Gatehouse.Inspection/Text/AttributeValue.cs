using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>What an attribute's value must not be, beside a script's address.</summary>
internal enum ValueRule
{
    None,

    /// <summary>An address elsewhere: "//host" or one with a scheme.</summary>
    Address,

    /// <summary>"refresh", which makes a page lead elsewhere.</summary>
    Refresh,

    /// <summary>A list parted by semicolons, each of which is a value (SVG's animations).</summary>
    List,
}

/// <summary>The first letters of an attribute's value, read as a URL is: blanks and line ends skipped, character references resolved.</summary>
internal sealed class AttributeValue
{
    private readonly byte[] _letters = new byte[16];
    private CharacterReference _reference;
    private ValueRule _rule;
    private int _length;
    private bool _inReference;
    private bool _open;

    public void Begin(ValueRule rule)
    {
        _rule = rule;
        _open = true;
        _length = 0;
        _inReference = false;
    }

    public void End() => _open = false;

    /// <summary>A quote begins the value, or ends it.</summary>
    public void Quote() => _open &= _length == 0;

    /// <summary>Whether the value, with this byte, is a script's address or breaks its rule.</summary>
    public bool Append(byte c)
    {
        if (_rule == ValueRule.List && c == ';' && !_inReference)
        {
            Begin(_rule);
            return false;
        }

        if (!_open)
            return false;
        if (_inReference)
            return InReference(c);
        if (c == '&')
        {
            _inReference = true;
            _reference = default;
            return false;
        }

        return c > ' ' && Letter(c);
    }

    private bool Letter(byte c)
    {
        _letters[_length++] = c;
        if (_length == _letters.Length)
            _open = false;
        var value = _letters.AsSpan(0, _length);
        return (c | 0x20) switch
        {
            ':' => Ascii.EqualsIgnoreCase(value, "javascript:"u8) || Ascii.EqualsIgnoreCase(value, "vbscript:"u8),
            'l' => Ascii.EqualsIgnoreCase(value, "data:text/html"u8),
            'h' => _rule == ValueRule.Refresh && Ascii.EqualsIgnoreCase(value, "refresh"u8),
            '/' or ('\\' | 0x20) => _rule == ValueRule.Address && LeadsElsewhere(value),
            _ => false,
        };
    }

    private static bool LeadsElsewhere(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && IsSlash(value[^1]) && IsSlash(value[^2]) && (value.Length == 2 || value[^3] == ':');

    private static bool IsSlash(byte c) => c is (byte)'/' or (byte)'\\';

    private bool InReference(byte c)
    {
        if (_reference.Take(c))
            return false;
        _inReference = false;
        var resolved = _reference.Value;
        var active = resolved is > ' ' and < 0x80 && Letter((byte)resolved);
        return active || (c != ';' && Append(c));
    }
}
