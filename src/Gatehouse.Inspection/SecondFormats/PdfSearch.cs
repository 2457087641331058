namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// A PDF in bytes that come in pieces: a header, and an object anywhere behind it, as readers look for both. Prose that mentions <c>%PDF-</c> has no object.
/// </summary>
internal struct PdfSearch
{
    private PdfBody _body;

    public PdfSearch() => (_body, Header) = (new PdfBody(), -1);

    /// <summary>Where the header is; -1: none has come yet.</summary>
    public long Header { get; private set; }

    /// <summary>The header's place in these bytes; -1: there is no PDF.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        var header = PdfHeader.Find(bytes);
        return header >= 0 && new PdfBody().Find(bytes[header..]) >= 0 ? header : -1;
    }

    public void Begin(long header) => Header = header;

    /// <param name="bytes">The next behind the header.</param>
    public bool HasObject(ReadOnlySpan<byte> bytes) => _body.Find(bytes) >= 0;
}
