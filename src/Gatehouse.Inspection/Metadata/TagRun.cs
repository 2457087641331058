using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Metadata;

/// <summary>A tag that acts in a readable run of bytes which is longer than the pieces that they are looked at in: what is open at a piece's end goes on in the next.</summary>
internal sealed class TagRun
{
    private readonly TagScanner _tags = new();
    private bool _isOpen;

    /// <param name="bytes">The next ones.</param>
    /// <param name="to">How many of them are looked at now; the rest comes again.</param>
    /// <returns>Where the tag acts, or <see cref="ScriptSearch.None"/>. One that lies in a single piece is found by others.</returns>
    public int Find(ReadOnlySpan<byte> bytes, int to)
    {
        var from = 0;
        if (_isOpen)
        {
            var end = BinaryRuns.FirstControl(bytes[..to]);
            var found = Scan(bytes, 0, end < 0 ? to : end);
            if (found >= 0 || end < 0)
                return found;
            from = end;
        }

        from += BinaryRuns.LastControl(bytes[from..to]) + 1;
        var mark = bytes[from..to].IndexOf((byte)'<');
        _isOpen = mark >= 0;
        _tags.Forget();
        return _isOpen ? Scan(bytes, from + mark, to) : ScriptSearch.None;
    }

    private int Scan(ReadOnlySpan<byte> bytes, int from, int to) =>
        _tags.Scan(bytes, from, to, 0, -1) is { } found ? (int)found.Offset : ScriptSearch.None;
}
