using Gatehouse.Inspection.Pdf.Filters;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Stream data, decrypted and decoded.</summary>
internal sealed class PdfStreams(PdfSource source, PdfObjects objects)
{
    private static readonly string[] Filters = ["Filter", "F"];
    private static readonly string[] Parameters = ["DecodeParms", "DP"];

    /// <summary>Null where a filter cannot be undone, or readers may undo another.</summary>
    /// <param name="isEncrypted">Cross-reference streams never are (7.5.8.2).</param>
    public byte[]? Decode(PdfIndirect found, PdfDictionary dictionary, bool isEncrypted = true)
    {
        if (found.StreamLength > PdfLimits.DecodedStream)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, found.Offset);
        source.Budget.Spend(PdfLimits.StreamCost + (PdfLimits.EntryCost * dictionary.Entries.Count), found.Offset);
        source.Budget.SpendDecoded(found.StreamLength, found.Offset);
        var isLocked = objects.Cipher is not null && isEncrypted;
        if (objects.IsDoubtful(found) || (isLocked && NamesItsOwnCipher(dictionary)) || !HasOneReading(dictionary, Filters) || !HasOneReading(dictionary, Parameters))
            return null;
        var raw = new byte[found.StreamLength];
        var length = 0;
        while (length < raw.Length && source.Read(found.StreamStart + length, raw.AsSpan(length)) is var read and > 0)
            length += read;
        if (isLocked)
            raw = objects.Cipher!.DecryptStream(raw, found.Number, found.Generation);
        return StreamFilters.Decode(raw, dictionary, objects, new Allowance(source.Budget, found.Offset));
    }

    /// <summary>A filter of that name says how the stream is encrypted, beside what the file says (7.4.10): only metadata do.</summary>
    private static bool NamesItsOwnCipher(PdfDictionary dictionary) => dictionary["Filter"] is { } filter && (filter is PdfArray list ? list.Items : [filter]).Exists(name => name is PdfName { Text: "Crypt" });

    private static bool HasOneReading(PdfDictionary dictionary, string[] names) => dictionary.IsPlain(names[0]) && dictionary.IsPlain(names[1]) && !(dictionary.Has(names[0]) && dictionary.Has(names[1]));
}
