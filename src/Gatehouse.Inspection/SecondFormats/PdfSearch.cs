namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// A PDF in bytes that come in pieces: a header, and an object anywhere behind it, as readers look for both. Prose that mentions <c>%PDF-</c> has no object.
/// </summary>
internal struct PdfSearch
{
    private PdfBody _body;
    private long _header;

    public PdfSearch() => (_body, _header) = (new PdfBody(), -1);

    /// <summary>The header's place in these bytes; -1: there is no PDF.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        var header = PdfHeader.Find(bytes, 0, bytes.Length);
        return header >= 0 && new PdfBody().Find(bytes[header..]) >= 0 ? header : -1;
    }

    /// <summary>The header's place once an object has come.</summary>
    /// <param name="bytes">Those of the last call's behind <paramref name="to"/> come again.</param>
    /// <param name="offset">Of their first.</param>
    public long? Next(ReadOnlySpan<byte> bytes, int from, int to, long offset)
    {
        if (_header < 0)
        {
            var found = PdfHeader.Find(bytes, from, to);
            if (found < 0)
                return null;
            (_header, from) = (offset + found, found);
        }

        return _body.Find(bytes[from..to]) < 0 ? null : _header;
    }
}
