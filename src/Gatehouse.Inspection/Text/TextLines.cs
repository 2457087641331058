namespace Gatehouse.Inspection.Text;

/// <summary>A text's lines without their ends and the blanks before these; an end is CR, LF or both.</summary>
internal ref struct TextLines(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly bool HasMore => !_rest.IsEmpty;

    public ReadOnlySpan<byte> Next()
    {
        var end = _rest.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + (_rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        return line.TrimEnd(" \t"u8);
    }

    /// <summary>The next line that holds anything.</summary>
    public ReadOnlySpan<byte> NextFilled()
    {
        ReadOnlySpan<byte> line = default;
        while (line.IsEmpty && HasMore)
            line = Next();
        return line;
    }
}
