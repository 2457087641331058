using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>
/// A file's texts as one page would have them: a tag or a server's tag that one of them opens and another ends. What stands between the two in the file is inside the
/// tag then.
/// </summary>
internal sealed class JoinedTexts
{
    private TagScanner? _tags;
    private bool _sawPageStart;

    /// <summary>The next text of the file, which is harmless by itself.</summary>
    public bool AddHasScript(ReadOnlySpan<byte> text)
    {
        if (_sawPageStart && text.IndexOf("%>"u8) >= 0)
            return true;
        _sawPageStart |= text.IndexOf("<%"u8) >= 0;
        if (_tags is null && text.IndexOf((byte)'<') < 0)
            return false;
        _tags ??= new TagScanner();
        return _tags.Scan(text, 0, text.Length, 0, -1) is not null;
    }
}
