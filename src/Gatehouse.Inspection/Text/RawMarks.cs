namespace Gatehouse.Inspection.Text;

/// <summary>
/// PHP in the bytes of a file that says it is UTF-16: its mark tells readers of text what to see, and a server runs the bytes. In true UTF-16 the two
/// characters would be ideographs that nobody uses.
/// </summary>
internal sealed class RawMarks
{
    private const int Longest = 5;

    private readonly byte[] _last = new byte[Longest - 1];
    private int _lastLength;
    private long _offset = 2;

    /// <summary>Where in the file the first one begins; -1: there is none.</summary>
    public long Found { get; private set; } = -1;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> seam = stackalloc byte[2 * (Longest - 1)];
        _last.AsSpan(0, _lastLength).CopyTo(seam);
        var ahead = bytes[..Math.Min(bytes.Length, Longest - 1)];
        ahead.CopyTo(seam[_lastLength..]);
        Search(seam[..(_lastLength + ahead.Length)], _offset - _lastLength);
        Search(bytes, _offset);
        _offset += bytes.Length;
        Keep(bytes.Length < Longest ? seam[..(_lastLength + ahead.Length)] : bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[^Math.Min(bytes.Length, Longest - 1)..];
        kept.CopyTo(_last);
        _lastLength = kept.Length;
    }

    private void Search(ReadOnlySpan<byte> bytes, long offset)
    {
        if (Found >= 0)
            return;
        for (var at = 0; bytes[at..].IndexOf("<?"u8) is var found and >= 0; at++)
        {
            at += found;
            if (Spelling.StartsWith(bytes[at..], "<?php"u8) || bytes[at..].StartsWith("<?="u8))
            {
                Found = offset + at;
                return;
            }
        }
    }
}
