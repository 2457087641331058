using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Files within the file (ISO 32000-1, 7.11.4). One kind passes: the XML of an electronic invoice, which says what it is to the document
/// (<c>/AFRelationship</c>, ISO 32000-2, 7.11.3) and is looked through. The packets of a form are called files too, and are none.
/// </summary>
internal sealed class EmbeddedFiles(PdfObjects objects, PdfStreams streams, PdfFindings findings)
{
    private const string Sentence = "This PDF has another file attached inside it. Send the PDF without attachments, and the other file by itself.";

    private readonly HashSet<int> _invoices = [];
    private readonly List<(int Number, long Offset)> _files = [];
    private readonly List<(int Number, long Offset)> _named = [];
    private long _attachment = -1;

    /// <summary>The number of the object being judged.</summary>
    public int Current { get; set; }

    public void SeeName(string key, string name, long offset)
    {
        if ((key, name) is ("Type", "EmbeddedFile"))
            _named.Add((Current, offset));
        if ((key, name) is ("Subtype", "FileAttachment"))
            _attachment = offset;
    }

    /// <summary>A file specification with <c>/EF</c>.</summary>
    public void SeeFile(PdfDictionary specification, long offset, Func<PdfString, byte[]> plain)
    {
        if (objects.Resolve(specification["EF"]) is not PdfDictionary files)
            return;
        var declared = objects.Resolve(specification["AFRelationship"]) is PdfName && IsXmlName(specification, plain);
        foreach (var (_, value) in files.Entries)
        {
            if (value is not PdfReference reference)
                continue;
            if (declared && IsHarmlessXml(reference))
                _invoices.Add(reference.Number);
            else
                _files.Add((reference.Number, offset));
        }
    }

    /// <summary>When every object has been seen.</summary>
    public void End(IReadOnlySet<int> packets)
    {
        foreach (var (number, offset) in _files.Concat(_named.Where(named => !packets.Contains(named.Number))))
        {
            if (!_invoices.Contains(number))
                findings.Add(Reasons.EmbeddedFile, offset, Sentence);
        }

        if (_attachment >= 0)
            findings.Add(Reasons.EmbeddedFile, _attachment, Sentence);
    }

    private bool IsXmlName(PdfDictionary specification, Func<PdfString, byte[]> plain) =>
        (objects.Resolve(specification["UF"]) ?? objects.Resolve(specification["F"])) is PdfString name
        && Encoding.Latin1.GetString(plain(name)).Replace("\0", string.Empty, StringComparison.Ordinal).EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>XML to its first byte, with no document type (so no entities) and no script.</summary>
    private bool IsHarmlessXml(PdfReference reference)
    {
        if (objects.Find(reference.Number) is not { HasStream: true } found || objects.ReadAt(found.Offset) is not PdfDictionary dictionary
            || streams.Decode(found, dictionary) is not { } bytes)
            return false;
        ReadOnlySpan<byte> xml = bytes;
        return PlainXml.IsOne(xml) && xml.IndexOf("script"u8) < 0 && xml.IndexOf("<html"u8) < 0 && xml.IndexOf("<svg"u8) < 0;
    }
}
