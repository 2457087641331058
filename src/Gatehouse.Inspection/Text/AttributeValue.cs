using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>The first letters of an attribute's value, read as a URL is: blanks and line ends skipped, character references resolved.</summary>
internal sealed class AttributeValue
{
    private readonly byte[] _letters = new byte[16];
    private readonly byte[] _reference = new byte[12];
    private int _length;
    private int _referenceLength = -1;
    private bool _open;

    public void Begin()
    {
        _open = true;
        _length = 0;
        _referenceLength = -1;
    }

    public void End() => _open = false;

    /// <summary>A quote begins the value, or ends it.</summary>
    public void Quote() => _open &= _length == 0;

    /// <summary>Whether the value, with this byte, is a script's address.</summary>
    public bool Append(byte c)
    {
        if (!_open)
            return false;
        if (_referenceLength >= 0)
            return InReference(c);
        if (c == '&')
        {
            _referenceLength = 0;
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
        return c is (byte)':' or (byte)'l'
            && (Ascii.EqualsIgnoreCase(value, "javascript:"u8) || Ascii.EqualsIgnoreCase(value, "vbscript:"u8) || Ascii.EqualsIgnoreCase(value, "data:text/html"u8))
            || (c == 'L' && Ascii.EqualsIgnoreCase(value, "data:text/html"u8));
    }

    private bool InReference(byte c)
    {
        if (c != ';' && _referenceLength < _reference.Length && (char.IsAsciiLetterOrDigit((char)c) || c == '#'))
        {
            _reference[_referenceLength++] = c;
            return false;
        }

        var resolved = Resolve(Encoding.ASCII.GetString(_reference, 0, _referenceLength));
        _referenceLength = -1;
        var active = resolved > ' ' && resolved < 0x80 && Letter((byte)resolved);
        return active || (c != ';' && Append(c));
    }

    private static int Resolve(string reference)
    {
        if (reference.StartsWith("#x", StringComparison.OrdinalIgnoreCase))
            return int.TryParse(reference.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : 0;
        if (reference.StartsWith('#'))
            return int.TryParse(reference.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return string.Equals(reference, "colon", StringComparison.Ordinal) ? ':' : 0;
    }
}
