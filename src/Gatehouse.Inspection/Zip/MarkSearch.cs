using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Looks through an entry's content, as it is unpacked, for the two texts that count wherever they stand: the anti-malware test string, and the word by
/// which PHP finds an archive of its own (phar) in any file, spelled in this way only.
/// </summary>
internal sealed class MarkSearch
{
    /// <summary>One less than the longer of the two, the test string of 68 characters, so that a cut between two pieces hides nothing.</summary>
    private const int Overlap = 67;

    private readonly byte[] _last = new byte[Overlap];
    private int _lastLength;

    public bool FoundEicar { get; private set; }

    public bool FoundPhar { get; private set; }

    private static ReadOnlySpan<byte> PharMark => "__HALT_COMPILER();"u8;

    public void See(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = stackalloc byte[2 * Overlap];
        _last.AsSpan(0, _lastLength).CopyTo(room);
        var head = bytes[..Math.Min(bytes.Length, Overlap)];
        head.CopyTo(room[_lastLength..]);
        ReadOnlySpan<byte> joint = room[..(_lastLength + head.Length)];
        Search(joint);
        if (bytes.Length > Overlap)
            Search(bytes);
        var end = bytes.Length > Overlap ? bytes : joint;
        end = end[^Math.Min(end.Length, Overlap)..];
        end.CopyTo(_last);
        _lastLength = end.Length;
    }

    private void Search(ReadOnlySpan<byte> bytes)
    {
        FoundPhar |= bytes.IndexOf(PharMark) >= 0;
        FoundEicar |= Eicar.IsIn(bytes);
    }
}
