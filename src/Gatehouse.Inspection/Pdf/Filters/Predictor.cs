namespace Gatehouse.Inspection.Pdf.Filters;

/// <summary>Predictors of Flate and LZW data (7.4.4.4): the PNG ones row by row, and TIFF's for whole bytes, the only ones that objects are packed with.</summary>
internal static class Predictor
{
    private const int MaxRow = 1 << 20;

    public static byte[]? Undo(byte[] data, PdfDictionary? parms, PdfObjects objects, Allowance allowance)
    {
        var predictor = Number(parms, "Predictor", 1, objects);
        if (predictor == 1)
            return data;
        var colors = Number(parms, "Colors", 1, objects);
        var bits = Number(parms, "BitsPerComponent", 8, objects);
        var columns = Number(parms, "Columns", 1, objects);
        if (colors is < 1 or > 32 || bits is not (1 or 2 or 4 or 8 or 16) || columns is < 1 or > MaxRow)
            return null;
        var pixel = ((colors * bits) + 7) / 8;
        var row = (((long)colors * bits * columns) + 7) / 8;
        if (row > MaxRow)
            return null;
        allowance.Spend(2 * data.Length);
        row = Math.Min(row, Math.Max(1, data.Length));
        return predictor switch
        {
            2 when bits == 8 => Tiff(data, (int)row, pixel),
            >= 10 and <= 15 => Png(data, (int)row, pixel),
            _ => null,
        };
    }

    /// <summary>Null: a row of a type that there is not.</summary>
    private static byte[]? Png(byte[] data, int row, int pixel)
    {
        var rows = (data.Length + row) / (row + 1);
        var output = new byte[rows * row];
        var above = new byte[row];
        var length = 0;
        for (var at = 0; at + 1 < data.Length; at += row + 1)
        {
            var count = Math.Min(row, data.Length - at - 1);
            if (data[at] > 4)
                return null;
            var line = output.AsSpan(length, count);
            data.AsSpan(at + 1, count).CopyTo(line);
            for (var i = 0; i < count; i++)
            {
                int left = i >= pixel ? line[i - pixel] : 0, up = above[i], corner = i >= pixel ? above[i - pixel] : 0;
                line[i] += data[at] switch
                {
                    1 => (byte)left,
                    2 => (byte)up,
                    3 => (byte)((left + up) / 2),
                    4 => (byte)Paeth(left, up, corner),
                    _ => 0,
                };
            }

            line.CopyTo(above);
            length += count;
        }

        return output[..length];
    }

    private static byte[] Tiff(byte[] data, int row, int pixel)
    {
        for (var i = 0; i < data.Length; i++)
        {
            if (i % row >= pixel)
                data[i] += data[i - pixel];
        }

        return data;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner)
            return left;
        return toUp <= toCorner ? up : corner;
    }

    /// <summary>-1: not a whole number.</summary>
    private static int Number(PdfDictionary? parms, string key, int otherwise, PdfObjects objects) => objects.Resolve(parms?[key]) switch
    {
        null or PdfWord { Text: "null" } => otherwise,
        PdfNumber { IsWhole: true, Value: <= int.MaxValue } number => (int)number.Value,
        _ => -1,
    };
}
