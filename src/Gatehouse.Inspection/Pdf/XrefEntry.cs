namespace Gatehouse.Inspection.Pdf;

/// <summary>An entry of a cross-reference table, written in exactly 20 bytes (ISO 32000-1, 7.5.4): "0000000016 00000 n" and a line end of two.</summary>
internal readonly record struct XrefEntry(long Offset, int Generation, bool IsInUse)
{
    /// <summary>Of the entry of object 0, which begins the list of free ones.</summary>
    public const int FirstFree = 65535;

    public const int Length = 20;

    /// <summary>False: it is not written so, and may still be read word by word.</summary>
    public static bool TryRead(PdfSource source, long at, out XrefEntry entry)
    {
        entry = default;
        long offset = 0;
        var generation = 0;
        for (var i = 0; i < 16; i++)
        {
            var c = source[at + i];
            if (i == 10 ? c != ' ' : c is < '0' or > '9')
                return false;
            if (i < 10)
                offset = (offset * 10) + (c - '0');
            else if (i > 10)
                generation = (generation * 10) + (c - '0');
        }

        var kind = source[at + 17];
        if (source[at + 16] != ' ' || kind is not ('n' or 'f') || source[at + 18] is not (' ' or '\r' or '\n') || source[at + 19] is not ('\r' or '\n'))
            return false;
        entry = new XrefEntry(offset, generation, kind == 'n');
        return true;
    }
}
