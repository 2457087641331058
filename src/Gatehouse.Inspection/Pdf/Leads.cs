namespace Gatehouse.Inspection.Pdf;

/// <summary>What is where an entry of the cross-reference leads.</summary>
internal enum Place
{
    /// <summary>Nothing that any reader takes for the object.</summary>
    Nowhere,

    There,

    /// <summary>An object that stands inside of another, or a header that not every reader takes for one.</summary>
    Hidden,
}

/// <summary>Where entries of the cross-reference lead.</summary>
internal sealed class Leads(PdfSource source, PdfObjects objects, ObjectStreams packed)
{
    /// <summary>How far behind an offset a header is looked for.</summary>
    private const int LongestHeader = 64;

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
        // The middle of a number, of a header that is known.
        while (PdfReader.IsDigit(source[header - 1]) && offset - header < LongestHeader)
            header--;
        return objects.FindAt(header) is null && IsHeader(_reader.Position) ? Place.Hidden : Place.Nowhere;
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

    /// <summary>"12 0 obj", and what careless readers take for it: with a sign, a fraction, no blank.</summary>
    private bool IsHeader(long at)
    {
        var word = source.Find(at, "obj"u8, at + LongestHeader);
        var numbers = 0;
        for (var last = ' '; at < word; at++)
        {
            var c = (char)source[at];
            if (!char.IsAsciiDigit(c) && !PdfReader.IsSpace(c) && c is not ('+' or '-' or '.'))
                return false;
            if (!PdfReader.IsSpace(c) && PdfReader.IsSpace(last))
                numbers++;
            last = c;
        }

        return numbers == 2;
    }
}
