namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>A stream's filter chain (ISO 32000-1, 7.4), undone one filter after the other under a limit.</summary>
internal static class StreamFilters
{
    /// <summary>The decoded bytes; null: a filter for pictures, an unknown one, or data that it cannot read.</summary>
    public static byte[]? Decode(byte[] raw, PdfDictionary dictionary, PdfObjects objects, Allowance allowance)
    {
        var filter = objects.Resolve(dictionary["Filter"] ?? dictionary["F"]);
        var parameters = objects.Resolve(dictionary["DecodeParms"] ?? dictionary["DP"]);
        var filters = List(filter);
        if (filters.Count > PdfLimits.Filters)
            throw allowance.Exceeded();
        // Parameters in a list belong to a list of filters: else some readers apply them, and some do not.
        if (parameters is PdfArray or PdfDictionary && filters.Count > 0 && parameters is PdfArray != filter is PdfArray)
            return null;
        var each = List(parameters);
        for (var i = 0; i < filters.Count; i++)
        {
            allowance.Spend(raw.Length);
            var parms = i < each.Count ? objects.Resolve(each[i]) as PdfDictionary : null;
            var decoded = objects.Resolve(filters[i]) is PdfName name ? Apply(name.Text, raw, parms, objects, allowance) : null;
            if (decoded is null)
                return null;
            raw = decoded;
        }

        return raw;
    }

    private static byte[]? Apply(string name, byte[] raw, PdfDictionary? parms, PdfObjects objects, Allowance allowance)
    {
        var output = new BoundedOutput(allowance, times: name is "FlateDecode" or "Fl" ? 1 : 2);
        switch (name)
        {
            case "FlateDecode" or "Fl":
                return Flate.Decode(raw, output) is { } inflated ? Predictor.Undo(inflated, parms, objects, allowance) : null;
            case "LZWDecode" or "LZW":
                var early = objects.Resolve(parms?["EarlyChange"]) is PdfNumber { Value: 0 } ? 0 : 1;
                return Lzw.Decode(raw, early, output) is { } unpacked ? Predictor.Undo(unpacked, parms, objects, allowance) : null;
            case "ASCIIHexDecode" or "AHx":
                return TextFilters.Hex(raw, output);
            case "ASCII85Decode" or "A85":
                return TextFilters.Base85(raw, output);
            case "RunLengthDecode" or "RL":
                return RunLength.Decode(raw, output);
            case "Crypt":
                return raw;
            default:
                return null;
        }
    }

    /// <summary>An entry of null is none (7.3.7).</summary>
    private static List<PdfValue> List(PdfValue? value) => value switch
    {
        null or PdfWord { Text: "null" } => [],
        PdfArray array => array.Items,
        _ => [value],
    };
}
