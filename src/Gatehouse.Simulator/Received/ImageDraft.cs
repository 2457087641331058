namespace Gatehouse.Simulator;

/// <summary>One image's bytes, arriving or kept. Given up silently when it grows too large or the shelf has no room: the page then shows none.</summary>
internal sealed class ImageDraft(ImageShelf shelf)
{
    // Larger than any upload that a messaging channel carries, and an eighth of the shelf.
    private const int MostBytes = 8 << 20;

    private readonly List<byte[]> _pieces = [];
    private bool _givenUp;

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_givenUp)
        {
            var at = Length % ImageShelf.PieceBytes;
            if (at == 0)
            {
                if (Length >= MostBytes || shelf.Rent() is not { } piece)
                {
                    Discard();
                    return;
                }

                _pieces.Add(piece);
            }

            var count = Math.Min(bytes.Length, ImageShelf.PieceBytes - at);
            bytes[..count].CopyTo(_pieces[^1].AsSpan(at));
            Length += count;
            bytes = bytes[count..];
        }
    }

    public byte[] ToArray()
    {
        var copy = new byte[Length];
        for (var i = 0; i < _pieces.Count; i++)
        {
            var at = i * ImageShelf.PieceBytes;
            _pieces[i].AsSpan(0, Math.Min(ImageShelf.PieceBytes, Length - at)).CopyTo(copy.AsSpan(at));
        }

        return copy;
    }

    /// <summary>Gives the pieces back.</summary>
    public void Discard()
    {
        _givenUp = true;
        Length = 0;
        shelf.Return(_pieces);
        _pieces.Clear();
    }
}
