namespace Gatehouse.Inspection.Pdf;

/// <summary>What is where an entry of the cross-reference leads.</summary>
internal enum Place
{
    /// <summary>Nothing that any reader takes for the object.</summary>
    Nowhere,

    There,

    /// <summary>An object that stands inside of another or of another's number, or a header that not every reader takes for one.</summary>
    Hidden,
}

/// <summary>Where entries of the cross-reference lead.</summary>
internal sealed class Leads(PdfSource source, PdfObjects objects, ObjectStreams packed)
{
    /// <summary>Digits of a header that is known.</summary>
    private const int LongestNumber = 12;

    private readonly PdfReader _reader = new(source);
    private readonly Dictionary<int, Place> _containers = [];
    private readonly HashSet<(int Container, int Index, int Number)> _indexes = [];

    public Place To(long offset, int number)
    {
        if (objects.FindAt(offset) is { } known)
            return known.Number == number ? Place.There : Place.Nowhere;
        source.Budget.Spend(PdfLimits.HopCost, offset);
        _reader.Position = offset;
        _reader.SkipSpace();
        var header = _reader.Position;
        if (objects.FindAt(header) is { } behind)
            return behind.Number == number ? Place.There : Place.Nowhere;
        // The middle of a known header's number: what is left of it may be the number that is sought.
        while (PdfReader.IsDigit(source[header - 1]) && _reader.Position - header < LongestNumber)
            header--;
        if (objects.FindAt(header) is not null)
            return _reader.TryReadObjectHeader(out var rest, out _) && rest == number ? Place.Hidden : Place.Nowhere;
        return IsHeader() ? Place.Hidden : Place.Nowhere;
    }

    /// <summary>Whether the packed objects are where the entries lead: some readers go by the index, some by the number.</summary>
    public bool AgreeWithPacked()
    {
        foreach (var (container, index, number) in _indexes)
        {
            if (!packed.Holds(container, index, number))
                return false;
        }

        return true;
    }

    /// <summary>What an entry takes for an object stream is one, whatever its dictionary calls it.</summary>
    public Place ToPacked(int container, int index, int number)
    {
        _indexes.Add((container, index, number));
        if (_containers.TryGetValue(container, out var known))
            return known;
        var place = Place.Nowhere;
        foreach (var found in objects.Definitions(container))
        {
            if (!found.HasStream || objects.ReadAt(found.Offset) is not PdfDictionary dictionary || !dictionary.Has("N"))
                continue;
            packed.Add(found);
            place = Place.There;
        }

        return _containers[container] = place;
    }

    /// <summary>"12 0 obj", and what careless readers take for it: with signs, a fraction, no blank or a comment.</summary>
    private bool IsHeader() => SkipNumber() && SkipNumber() && source.Matches(_reader.Position, "obj"u8);

    private bool SkipNumber()
    {
        var start = _reader.Position;
        while (PdfReader.IsDigit(source[_reader.Position]) || source[_reader.Position] is '+' or '-' or '.' or 'e' or 'E')
            _reader.Position++;
        var end = _reader.Position;
        source.Budget.Spend(end - start, start);
        _reader.SkipSpace();
        return end > start;
    }
}
