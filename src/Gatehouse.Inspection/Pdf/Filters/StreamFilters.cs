namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>A stream's filter chain (ISO 32000-1, 7.4), undone one filter after the other under a limit.</summary>
internal static class StreamFilters
{
    /// <summary>The decoded bytes; null: a filter for pictures, an unknown one, or data that it cannot read.</summary>
    public static byte[]? Decode(byte[] raw, PdfDictionary dictionary, PdfObjects objects, long offset)
    {
        var filters = List(objects, dictionary["Filter"] ?? dictionary["F"]);
        var parameters = List(objects, dictionary["DecodeParms"] ?? dictionary["DP"]);
        if (filters.Count > PdfLimits.Filters)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, offset);
        for (var i = 0; i < filters.Count; i++)
        {
            var parms = i < parameters.Count ? objects.Resolve(parameters[i]) as PdfDictionary : null;
            var decoded = objects.Resolve(filters[i]) is PdfName name ? Apply(name.Text, raw, parms, objects, offset) : null;
            if (decoded is null)
                return null;
            raw = decoded;
        }

        return raw;
    }

    private static byte[]? Apply(string name, byte[] raw, PdfDictionary? parms, PdfObjects objects, long offset)
    {
        switch (name)
        {
            case "FlateDecode" or "Fl":
                return Predictor.Undo(Flate.Decode(raw, offset), parms, objects);
            case "LZWDecode" or "LZW":
                var early = objects.Resolve(parms?["EarlyChange"]) is PdfNumber { Value: 0 } ? 0 : 1;
                return Predictor.Undo(Lzw.Decode(raw, early, offset), parms, objects);
            case "ASCIIHexDecode" or "AHx":
                return TextFilters.Hex(raw);
            case "ASCII85Decode" or "A85":
                return TextFilters.Base85(raw);
            case "RunLengthDecode" or "RL":
                return RunLength.Decode(raw, offset);
            case "Crypt":
                return raw;
            default:
                return null;
        }
    }

    /// <summary>An entry of null is none (7.3.7).</summary>
    private static List<PdfValue> List(PdfObjects objects, PdfValue? value) => objects.Resolve(value) switch
    {
        null or PdfWord { Text: "null" } => [],
        PdfArray array => array.Items,
        var single => [single],
    };
}
