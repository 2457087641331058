using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Goes over the file from its first byte to its last and finds every object, referenced or not. Stream data is stepped over by its length where
/// "endstream" follows, else to the next "endstream", as readers repair it.
/// </summary>
internal sealed class PdfWalk(PdfSource source, PdfObjects objects)
{
    /// <summary>A gap of line ends and a table's lines is shorter, or is searched in vain.</summary>
    private const int ShortestGuest = 16;

    private const int SearchPiece = 16 * 1024;

    private readonly PdfReader _reader = new(source);
    private long _stray;
    private long _probed;

    /// <summary>Another format between the objects; null: none.</summary>
    public Verdict.Refuse? SecondFormat { get; private set; }

    /// <summary>Where the file says that its cross-reference begins; -1: nowhere.</summary>
    public long StartXref { get; private set; } = -1;

    public List<PdfDictionary> Trailers { get; } = [];

    public void Go(Action<PdfIndirect, PdfValue> visit, CancellationToken cancellationToken)
    {
        long gap = 0;
        while (true)
        {
            _reader.SkipSpace();
            var at = _reader.Position;
            if (source[at] < 0)
            {
                Search(gap, source.Length, cancellationToken);
                return;
            }

            if ((objects.Count & 1023) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (_reader.TryReadObjectHeader(out var number, out var generation))
            {
                Search(gap, at, cancellationToken);
                visit(ReadObject(at, number, generation, out var value), value);
                gap = _reader.Position;
            }
            else
            {
                Other(at);
            }
        }
    }

    /// <summary>What stands between objects, comments above all, nobody looks at.</summary>
    private void Search(long from, long to, CancellationToken cancellationToken)
    {
        if (SecondFormat is not null || to - from < ShortestGuest)
            return;
        using var search = new StreamedSearch(PdfValidator.Mime, isInPdf: true);
        using var piece = new PooledSpan<byte>(SearchPiece);
        search.Start(from, withScripts: false);
        for (var at = from; at < to && SecondFormat is null;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = source.Read(at, piece.Span[..(int)Math.Min(SearchPiece, to - at)]);
            if (read == 0)
                break;
            SecondFormat = search.Write(piece.Span[..read]);
            at += read;
        }

        SecondFormat ??= search.Finish();
    }

    /// <summary>Reads the object whose header has just been read.</summary>
    private PdfIndirect ReadObject(long header, int number, int generation, out PdfValue value)
    {
        var offset = _reader.Position;
        value = _reader.Read();
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
        return found;
    }

    public bool TryReadAt(long offset, out PdfIndirect found, out PdfValue value)
    {
        _reader.Position = offset;
        found = default;
        value = PdfWord.End;
        _reader.SkipSpace();
        var header = _reader.Position;
        var isObject = _reader.TryReadObjectHeader(out var number, out var generation);
        if (isObject)
            found = ReadObject(header, number, generation, out value);
        // Each of a table's entries may lead into the same comment, or the same object's inside.
        _probed += Math.Abs(_reader.Position - offset);
        if (_probed > source.Length + PdfLimits.ProbedBytes)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, offset);
        return isObject;
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
        switch (_reader.Read())
        {
            case PdfWord { Text: "endobj" or "endstream" or "n" or "f" } or PdfNumber or PdfReference:
                break;
            case PdfWord { Text: "xref" }:
                SkipTable();
                break;
            case PdfWord { Text: "startxref" }:
                if (_reader.Read() is PdfNumber { IsWhole: true } offset)
                    StartXref = (long)offset.Value;
                break;
            case PdfWord { Text: "trailer" }:
                if (_reader.Read() is PdfDictionary trailer)
                    Trailers.Add(trailer);
                break;
            default:
                _stray += Math.Max(1, _reader.Position - at);
                if (_stray > PdfLimits.StrayBytes)
                    throw new PdfLimitException(Reasons.BadStructure, at);
                break;
        }

        if (_reader.Position <= at)
            _reader.Position = at + 1;
    }
}
