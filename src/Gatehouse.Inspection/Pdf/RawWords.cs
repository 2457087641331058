namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// How often the words before objects and trailers stand in the file's raw bytes, counted while these pass: as often as the walk finds objects and trailers,
/// unless one stands inside of something.
/// </summary>
internal sealed class RawWords
{
    /// <summary>A word of which the last byte comes with the next piece, and the byte before it.</summary>
    private const int Kept = 7;

    private readonly byte[] _joint = new byte[2 * Kept];
    private int _kept;

    /// <summary>"obj" that is not the end of "endobj".</summary>
    public int Objects { get; private set; }

    public int Trailers { get; private set; }

    public void Write(ReadOnlySpan<byte> piece)
    {
        var begun = piece[..Math.Min(piece.Length, Kept)];
        begun.CopyTo(_joint.AsSpan(_kept));
        Count(_joint.AsSpan(0, _kept + begun.Length), _kept);
        Count(piece, begun.Length);
        Keep(piece.Length > Kept ? piece[^Kept..] : _joint.AsSpan(0, _kept + begun.Length));
    }

    /// <param name="counted">Words that end within so many bytes are counted already.</param>
    private void Count(ReadOnlySpan<byte> bytes, int counted)
    {
        for (int from = 0; bytes[from..].IndexOf("obj"u8) is var at and >= 0; from += at + 3)
        {
            var word = from + at;
            if (word + 3 > counted && (word == 0 || bytes[word - 1] != 'd'))
                Objects++;
        }

        for (int from = 0; bytes[from..].IndexOf("trailer"u8) is var at and >= 0; from += at + 7)
        {
            if (from + at + 7 > counted)
                Trailers++;
        }
    }

    private void Keep(ReadOnlySpan<byte> end)
    {
        end = end[Math.Max(0, end.Length - Kept)..];
        end.CopyTo(_joint);
        _kept = end.Length;
    }
}
