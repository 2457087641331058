using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Passes a part's bytes on while no piece that an XML reader keeps whole (a tag with its attributes, a text, a CDATA section) is longer than any
/// program writes. In UTF-16, where any character may have the byte of a bracket, it is the whole part.
/// </summary>
internal sealed class BoundedMarkup(Stream part, long offset, int longest) : ForwardStream
{
    public const int Longest = 1 << 20;

    /// <summary>Of what is no markup of Office's own: pictures inside of SVG, queries that are packed as text.</summary>
    public const int LongestOfOthers = 16 << 20;

    private static ReadOnlySpan<byte> SectionStart => "![CDATA["u8;

    private int _length;
    private int _matched = SectionStart.Length + 1;
    private int _brackets;
    private bool _isSection;
    private bool _isWide;

    public override int Read(Span<byte> buffer)
    {
        var read = part.Read(buffer);
        for (var bytes = (ReadOnlySpan<byte>)buffer[..read]; !bytes.IsEmpty;)
        {
            var plain = PlainLength(bytes);
            Count(plain);
            bytes = bytes[plain..];
            if (!bytes.IsEmpty)
            {
                SeeAny(bytes[0]);
                bytes = bytes[1..];
            }
        }

        return read;
    }

    /// <summary>How many bytes tell nothing but that there are so many.</summary>
    private int PlainLength(ReadOnlySpan<byte> bytes)
    {
        if (_isSection || _isWide || _matched < SectionStart.Length)
            return 0;
        var telling = bytes.IndexOfAny((byte)'<', (byte)0);
        return telling < 0 ? bytes.Length : telling;
    }

    private void SeeAny(byte value)
    {
        _isWide |= value == 0;
        if (value != 0)
            See(value);
    }

    private void See(byte value)
    {
        if (_isSection)
        {
            _isSection = _isWide || !(value == '>' && _brackets >= 2);
            _brackets = value == ']' ? _brackets + 1 : 0;
        }
        else if (value == '<' && !_isWide)
        {
            _length = _matched = 0;
        }
        else if (_matched < SectionStart.Length)
        {
            _matched = value == SectionStart[_matched] ? _matched + 1 : SectionStart.Length + 1;
            _isSection = _matched == SectionStart.Length;
        }

        Count(1);
    }

    private void Count(int bytes)
    {
        _length += bytes;
        if (_length > longest)
            throw ZipStops.Structure(offset, "a part of it has a piece longer than any program writes");
    }
}
