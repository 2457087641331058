namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Objects and trailers inside of streams, strings and comments. A reader that cannot use the cross-reference, or what it leads to, looks for their words
/// wherever they stand, and so finds what another steps over. Who only writes of them ("1 0 obj" in a page's text) hides no value.
/// </summary>
internal sealed class HiddenObjects(PdfSource source, PdfObjects objects, ObjectStreams packed)
{
    private readonly PdfReader _reader = new(source);

    public bool HasTrailer(PdfWalk walk)
    {
        for (long at = 0; source.Find(at, "trailer"u8) is var found and >= 0; at = found + 1)
        {
            var behind = found + "trailer".Length;
            if (!walk.IsTrailer(behind) && Behind(behind) == '<' && source[_reader.Position + 1] == '<')
                return true;
        }

        return false;
    }

    /// <summary>The numbers of such objects.</summary>
    public void AddNumbers(HashSet<int> numbers)
    {
        for (long at = 0; source.Find(at, "obj"u8) is var found and >= 0; at = found + 1)
        {
            if (HeaderBefore(found) is not (>= 0 and var header) || objects.FindAt(header) is not null || !BeginsValue(found + "obj".Length))
                continue;
            var value = _reader.Position;
            var number = NumberAt(header);
            if (!packed.IsAt(value, number))
                numbers.Add(number);
        }
    }

    private long HeaderBefore(long word)
    {
        var at = Back(word, IsBlank);
        var generation = Back(at, PdfReader.IsDigit);
        var blank = Back(generation, IsBlank);
        var number = Back(blank, PdfReader.IsDigit);
        return generation < at && blank < generation && number < blank ? number : -1;
    }

    private bool BeginsValue(long at)
    {
        var first = Behind(at);
        // "1 0 obj</li>" is a page's text, too.
        return first is '(' or '[' or '/' or '+' or '-' or '.' or (>= '0' and <= '9') || (first == '<' && source[_reader.Position + 1] != '/')
            || source.Matches(_reader.Position, "null"u8) || source.Matches(_reader.Position, "true"u8) || source.Matches(_reader.Position, "false"u8);
    }

    private int Behind(long at)
    {
        _reader.Position = at;
        _reader.SkipSpace();
        return source[_reader.Position];
    }

    private int NumberAt(long at)
    {
        long number = 0;
        for (; PdfReader.IsDigit(source[at]); at++)
            number = Math.Min((number * 10) + source[at] - '0', int.MaxValue);
        return (int)number;
    }

    private long Back(long end, Func<int, bool> isOne)
    {
        var start = end;
        while (isOne(source[start - 1]))
            start--;
        source.Budget.Spend(end - start, start);
        return start;
    }

    /// <summary>What one that looks for words by a regular expression takes for white space: a vertical tab and a blank that does not break, too.</summary>
    private static bool IsBlank(int c) => PdfReader.IsSpace(c) || c is 0x0B or 0xA0;
}
