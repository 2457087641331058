namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Objects and trailers inside of streams, strings and comments. A reader that cannot use the cross-reference looks for their words wherever they stand, and
/// so finds what another steps over.
/// </summary>
internal static class HiddenObjects
{
    /// <summary>Of the two numbers of a header with the white space behind each.</summary>
    private const int LongestHeader = 64;

    public static bool Any(PdfSource source, PdfObjects objects, PdfWalk walk)
    {
        for (long at = 0; source.Find(at, "obj"u8) is var found and >= 0; at = found + 1)
        {
            if (HeaderBefore(source, found) is var header and >= 0 && objects.FindAt(header) is null)
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
        var at = Skip(source, word, PdfReader.IsSpace);
        var generation = Skip(source, at, PdfReader.IsDigit);
        var blank = Skip(source, generation, PdfReader.IsSpace);
        var number = Skip(source, blank, PdfReader.IsDigit);
        return generation < at && blank < generation && number < blank ? number : -1;
    }

    private static long Skip(PdfSource source, long end, Func<int, bool> isOne)
    {
        var start = end;
        while (start > end - LongestHeader && isOne(source[start - 1]))
            start--;
        return start;
    }

    private static bool OpensDictionary(PdfSource source, long at)
    {
        var end = at + LongestHeader;
        while (at < end && PdfReader.IsSpace(source[at]))
            at++;
        return source.Matches(at, "<<"u8);
    }
}
