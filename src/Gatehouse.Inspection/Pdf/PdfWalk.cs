namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Goes over the file from its first byte to its last and finds every object, referenced or not. Stream data is stepped over by its length where
/// "endstream" follows, else to the next "endstream", as readers repair it.
/// </summary>
internal sealed class PdfWalk(PdfSource source, PdfObjects objects)
{
    private readonly PdfReader _reader = new(source);
    private readonly HashSet<long> _tables = [];
    private readonly HashSet<long> _trailers = [];
    private readonly List<(PdfIndirect Stream, PdfReference Length)> _lengths = [];
    private long _stray;

    /// <summary>Where the file says that its cross-reference begins; -1: nowhere.</summary>
    public long StartXref { get; private set; } = -1;

    /// <summary>Where it says so; -1: nowhere.</summary>
    public long StartXrefWord { get; private set; } = -1;

    public List<PdfDictionary> Trailers { get; } = [];

    /// <summary>Where PHP's opening stands in a comment; -1: nowhere.</summary>
    public long PhpAt => _reader.PhpAt;

    /// <summary>Whether a cross-reference table begins at an offset, and not inside an object or a comment.</summary>
    public bool IsTable(long offset) => _tables.Contains(offset);

    /// <summary>How often "trailer" stands where one belongs.</summary>
    public int TrailerCount => _trailers.Count;

    /// <summary>The same for what stands behind "trailer".</summary>
    public bool IsTrailer(long offset) => _trailers.Contains(offset);

    public void Go(Action<PdfIndirect, PdfValue> visit)
    {
        while (true)
        {
            _reader.SkipGap();
            var at = _reader.Position;
            if (source[at] < 0)
                break;
            if (_reader.TryReadObjectHeader(out var number, out var generation))
                visit(ReadObject(at, number, generation, out var value), value);
            else
                Other(at);
        }

        foreach (var (stream, length) in _lengths)
        {
            if (objects.Any(length, value => value is PdfNumber number && number.Value > stream.StreamLength))
                objects.Doubt(stream);
        }
    }

    /// <summary>Reads the object whose header has just been read.</summary>
    private PdfIndirect ReadObject(long header, int number, int generation, out PdfValue value)
    {
        var offset = _reader.Position;
        value = _reader.Read();
        if (_reader.IsBroken || value is PdfReference)
            throw new PdfLimitException(Reasons.BadStructure, header);
        objects.Keep(offset, value, _reader.Position - offset);
        long start = -1, length = 0;
        if (value is PdfDictionary dictionary)
        {
            _reader.SkipSpace();
            if (source.Matches(_reader.Position, "stream"u8))
                (start, length) = StepOverStream(dictionary);
        }

        var found = new PdfIndirect(number, generation, header, offset, start, length);
        objects.Add(found);
        if (found.HasStream)
            CheckLengths(found, (PdfDictionary)value);
        return found;
    }

    private (long Start, long Length) StepOverStream(PdfDictionary dictionary)
    {
        var start = _reader.Position + 6;
        // "stream", then CR LF or LF (7.3.8.1); a lone CR is forgiven, as are blanks before.
        while (source[start] == ' ')
            start++;
        if (source[start] == '\r')
            start++;
        if (source[start] == '\n')
            start++;
        var length = dictionary["Length"] switch
        {
            PdfNumber { IsWhole: true } number => (long)number.Value,
            PdfReference reference when objects.Resolve(reference) is PdfNumber { IsWhole: true } number => (long)number.Value,
            _ => -1,
        };
        if (length < 0 || start + length > source.Length || !EndsAt(start + length, out var end))
        {
            end = source.Find(start, "endstream"u8);
            if (end < 0)
                throw new PdfLimitException(Reasons.Truncated, start);
            length = end - start;
        }

        _reader.Position = end + 9;
        return (start, length);
    }

    /// <summary>A length beyond the data's end some readers believe; one that is told elsewhere is known when all is.</summary>
    private void CheckLengths(PdfIndirect stream, PdfDictionary dictionary)
    {
        foreach (var (key, value) in dictionary.Entries)
        {
            if (!string.Equals(key, "Length", StringComparison.Ordinal))
                continue;
            if (value is PdfReference reference)
                _lengths.Add((stream, reference));
            else if (value is PdfNumber number && number.Value > stream.StreamLength)
                objects.Doubt(stream);
        }
    }

    private bool EndsAt(long offset, out long end)
    {
        end = offset;
        while (end < offset + 4 && PdfReader.IsSpace(source[end]))
            end++;
        return source.Matches(end, "endstream"u8);
    }

    /// <summary>Entries of exactly 20 bytes (7.5.4), which hold nothing else; what is written in another way is read word by word.</summary>
    private void SkipTable()
    {
        _reader.SkipSpace();
        while (true)
        {
            var start = _reader.Position;
            if (!XrefEntry.TryRead(source, start, out _))
            {
                _reader.SkipNumbers(2);
                if (_reader.Position == start || !XrefEntry.TryRead(source, _reader.Position, out _))
                {
                    _reader.Position = start;
                    return;
                }
            }

            _reader.Position += XrefEntry.Length;
        }
    }

    private void Other(long at)
    {
        var value = _reader.Read();
        switch (value)
        {
            case PdfWord { Text: "endobj" or "endstream" or "n" or "f" }:
                break;
            case PdfWord { Text: "xref" }:
                _tables.Add(at);
                SkipTable();
                break;
            case PdfWord { Text: "startxref" }:
                StartXrefWord = at;
                StartXref = _reader.Read() is PdfNumber { IsWhole: true } offset ? (long)offset.Value : -1;
                break;
            case PdfWord { Text: "trailer" }:
                _trailers.Add(_reader.Position);
                if (_reader.Read() is PdfDictionary trailer)
                    Trailers.Add(trailer);
                if (_reader.IsBroken)
                    throw new PdfLimitException(Reasons.BadStructure, at);
                break;
            case PdfDictionary:
                throw new PdfLimitException(Reasons.BadStructure, at);
            default:
                Stray(value, at);
                break;
        }

        if (_reader.Position <= at)
            _reader.Position = at + 1;
    }

    /// <summary>What readers may take for an object's header, and this one did not, hides an object.</summary>
    private void Stray(PdfValue value, long at)
    {
        if (source.Find(at, "obj"u8, _reader.Position) is var word and >= 0 && !char.IsAsciiLetter((char)source[word + 3]))
            throw new PdfLimitException(Reasons.BadStructure, at);
        if (value is PdfNumber or PdfReference)
            return;
        _stray += Math.Max(1, _reader.Position - at);
        if (_stray > PdfLimits.StrayBytes)
            throw new PdfLimitException(Reasons.BadStructure, at);
    }
}
