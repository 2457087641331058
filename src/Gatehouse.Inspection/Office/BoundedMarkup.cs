using Gatehouse.Inspection.Zip;

namespace Gatehouse.Inspection.Office;

/// <summary>
/// Passes a part's bytes on while no piece that an XML reader keeps whole (a tag with its attributes, a text, a CDATA section) is longer than any
/// program writes. Zero bytes are skipped, so that UTF-16 counts as well.
/// </summary>
internal sealed class BoundedMarkup(Stream part, long offset, int longest) : Stream
{
    public const int Longest = 1 << 20;

    /// <summary>Of what is no markup of Office's own: pictures inside of SVG, queries that are packed as text.</summary>
    public const int LongestOfOthers = 16 << 20;

    private static ReadOnlySpan<byte> SectionStart => "![CDATA["u8;

    private int _length;
    private int _matched = SectionStart.Length + 1;
    private int _brackets;
    private bool _isSection;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = part.Read(buffer);
        foreach (var value in buffer[..read])
        {
            if (value != 0)
                See(value);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void See(byte value)
    {
        if (_isSection)
        {
            _isSection = !(value == '>' && _brackets >= 2);
            _brackets = value == ']' ? _brackets + 1 : 0;
        }
        else if (value == '<')
        {
            _length = _matched = 0;
        }
        else if (_matched < SectionStart.Length)
        {
            _matched = value == SectionStart[_matched] ? _matched + 1 : SectionStart.Length + 1;
            _isSection = _matched == SectionStart.Length;
        }

        if (++_length > longest)
            throw ZipStops.Structure(offset, "a part of it has a piece longer than any program writes");
    }
}
