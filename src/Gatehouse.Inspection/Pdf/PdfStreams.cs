using Gatehouse.Inspection.Pdf.Encryption;
using Gatehouse.Inspection.Pdf.Filters;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Stream data, decrypted and decoded, within the file's whole allowance.</summary>
internal sealed class PdfStreams(PdfSource source, PdfObjects objects)
{
    private long _decoded;

    /// <summary>Set where the file is encrypted and its empty password opens it.</summary>
    public PdfCipher? Cipher { get; set; }

    /// <summary>Null where a filter cannot be undone.</summary>
    public byte[]? Decode(PdfIndirect found, PdfDictionary dictionary)
    {
        if (_decoded + found.StreamLength > PdfLimits.DecodedTotal || found.StreamLength > PdfLimits.DecodedStream)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, found.Offset);
        var raw = new byte[found.StreamLength];
        var length = 0;
        while (length < raw.Length && source.Read(found.StreamStart + length, raw.AsSpan(length)) is var read and > 0)
            length += read;
        // Cross-reference streams are never encrypted (7.5.8.2).
        if (Cipher is not null && !dictionary.IsNamed("Type", "XRef"))
            raw = Cipher.DecryptStream(raw, found.Number, found.Generation);
        var decoded = StreamFilters.Decode(raw, dictionary, objects, found.Offset);
        _decoded += raw.Length + (decoded?.Length ?? 0);
        return decoded;
    }
}
