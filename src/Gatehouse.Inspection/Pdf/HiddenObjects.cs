namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Objects and trailers inside of streams, strings and comments. A reader that cannot use the cross-reference, or what it leads to, looks for their words
/// wherever they stand, and so finds what another steps over. Who only writes of them ("1 0 obj" in a page's text) hides no value.
/// </summary>
internal static class HiddenObjects
{
    public static bool Any(PdfSource source, PdfObjects objects, PdfWalk walk)
    {
        for (long at = 0; source.Find(at, "obj"u8) is var found and >= 0; at = found + 1)
        {
            if (HeaderBefore(source, found) is var header and >= 0 && objects.FindAt(header) is null && BeginsValue(source, found + "obj".Length))
                return true;
        }

        for (long at = 0; source.Find(at, "trailer"u8) is var found and >= 0; at = found + 1)
        {
            var behind = found + "trailer".Length;
            if (!walk.IsTrailer(behind) && OpensDictionary(source, behind))
                return true;
        }

        return false;
    }

    private static long HeaderBefore(PdfSource source, long word)
    {
        var at = Back(source, word, IsBlank);
        var generation = Back(source, at, PdfReader.IsDigit);
        var blank = Back(source, generation, IsBlank);
        var number = Back(source, blank, PdfReader.IsDigit);
        return generation < at && blank < generation && number < blank ? number : -1;
    }

    /// <summary>A comment may hold anything, and a value behind it.</summary>
    private static bool BeginsValue(PdfSource source, long at)
    {
        at = SkipBlanks(source, at);
        // "1 0 obj</li>" is a page's text, too.
        return (source[at] == '<' && source[at + 1] != '/') || source[at] is '(' or '[' or '/' or '%' or '+' or '-' or '.' or (>= '0' and <= '9')
            || source.Matches(at, "null"u8) || source.Matches(at, "true"u8) || source.Matches(at, "false"u8);
    }

    private static bool OpensDictionary(PdfSource source, long at)
    {
        at = SkipBlanks(source, at);
        return source[at] == '%' || source.Matches(at, "<<"u8);
    }

    private static long Back(PdfSource source, long end, Func<int, bool> isOne)
    {
        var start = end;
        while (isOne(source[start - 1]))
            start--;
        source.Budget.Spend(end - start, start);
        return start;
    }

    private static long SkipBlanks(PdfSource source, long at)
    {
        var start = at;
        while (IsBlank(source[at]))
            at++;
        source.Budget.Spend(at - start, start);
        return at;
    }

    /// <summary>What one that looks for words by a regular expression takes for white space: a vertical tab and a blank that does not break, too.</summary>
    private static bool IsBlank(int c) => PdfReader.IsSpace(c) || c is 0x0B or 0xA0;
}
