namespace Gatehouse.Inspection.Pdf;

/// <summary>
/// Files within the file (ISO 32000-1, 7.11.4). One kind passes: XML, as of an electronic invoice or a formula, which says what it is to the document
/// (<c>/AFRelationship</c>, ISO 32000-2, 7.11.3) wherever it is named and is looked through. The packets of a form are called files too, and are none.
/// </summary>
internal sealed class EmbeddedFiles(PdfObjects objects, PdfStreams streams, PdfFindings findings, PdfBudget budget)
{
    private const string Sentence = "This PDF has another file attached inside it. Send the PDF without attachments, and the other file by itself.";

    private readonly Dictionary<int, bool> _invoices = [];
    private readonly List<long> _files = [];
    private readonly List<(int Number, long Offset)> _named = [];

    /// <summary>The number of the object being judged.</summary>
    public int Current { get; set; }

    public void SeeName(string key, string name, long offset)
    {
        if ((key, name) is ("Type", "EmbeddedFile"))
            _named.Add((Current, offset));
        if ((key, name) is ("Subtype", "FileAttachment"))
            _files.Add(offset);
    }

    /// <summary>A file specification, and what its <c>/EF</c> leads to.</summary>
    /// <param name="says">Whether any reading of a string passes a test.</param>
    public void SeeFile(PdfDictionary specification, PdfValue embedded, long offset, Func<PdfValue, Func<byte[], bool>, bool> says)
    {
        var isDeclared = objects.Resolve(specification["AFRelationship"]) is PdfName && HasXmlName(specification, says);
        objects.Any(
            embedded,
            reading =>
            {
                foreach (var (_, value) in (reading as PdfDictionary)?.Entries ?? [])
                {
                    if (value is PdfReference file && !(isDeclared && IsInvoice(file.Number)))
                        _files.Add(offset);
                }

                return false;
            },
            isWhole: true);
    }

    /// <summary>When every object has been seen.</summary>
    public void End(IReadOnlySet<int> packets)
    {
        foreach (var (number, offset) in _named)
        {
            if (!packets.Contains(number) && !_invoices.GetValueOrDefault(number))
                _files.Add(offset);
        }

        if (_files is [var first, ..])
            findings.Add(Reasons.EmbeddedFile, first, Sentence);
    }

    /// <summary>Every name that it has, in each reading: programs save it under any of them.</summary>
    private static bool HasXmlName(PdfDictionary specification, Func<PdfValue, Func<byte[], bool>, bool> says)
    {
        var names = specification.Entries.FindAll(entry => entry.Key is "F" or "UF" or "DOS" or "Unix" or "Mac");
        return names.Count > 0 && names.TrueForAll(entry => says(entry.Value, Addresses.IsXmlName) && !says(entry.Value, name => !Addresses.IsXmlName(name)));
    }

    private bool IsInvoice(int number)
    {
        if (_invoices.TryGetValue(number, out var known))
            return known;
        var files = objects.Definitions(number).ToList();
        return _invoices[number] = files.Count > 0 && files.TrueForAll(IsHarmless);
    }

    private bool IsHarmless(PdfIndirect file)
    {
        if (!file.HasStream || objects.ReadAt(file.Offset) is not PdfDictionary dictionary || streams.Decode(file, dictionary) is not { } xml)
            return false;
        budget.Spend(xml.Length * (long)PdfLimits.XmlCost, file.Offset);
        return InvoiceXml.IsHarmless(xml);
    }
}
