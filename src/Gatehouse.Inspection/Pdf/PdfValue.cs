namespace Gatehouse.Inspection.Pdf;

/// <summary>A parsed object (ISO 32000-1, 7.3). Names are unescaped, strings decoded to their bytes.</summary>
internal abstract record PdfValue;

internal sealed record PdfName(string Text) : PdfValue;

internal sealed record PdfNumber(double Value) : PdfValue
{
    private static readonly PdfNumber[] Small = [.. Enumerable.Range(0, 1024).Select(n => new PdfNumber(n))];

    public bool IsWhole => Value is >= 0 and <= long.MaxValue && Math.Floor(Value) == Value;

    /// <summary>Widths and flags: the same few numbers over and over.</summary>
    public static PdfNumber Of(int value) => (uint)value < (uint)Small.Length ? Small[value] : new PdfNumber(value);
}

internal sealed record PdfString(byte[] Bytes) : PdfValue;

internal sealed record PdfArray(List<PdfValue> Items) : PdfValue;

internal sealed record PdfReference(int Number, int Generation) : PdfValue;

/// <summary>true, false, null, and words that are no object, such as endobj; an empty word is the end.</summary>
internal sealed record PdfWord(string Text) : PdfValue
{
    private static readonly PdfWord[] Known =
        [.. ((string[])["]", ">>", "endobj", "endstream", "stream", "true", "false", "null", "xref", "trailer", "startxref", "n", "f"]).Select(w => new PdfWord(w))];

    public static PdfWord End { get; } = new(string.Empty);

    public static PdfWord Of(ReadOnlySpan<char> text)
    {
        foreach (var known in Known)
        {
            if (text.SequenceEqual(known.Text))
                return known;
        }

        return new PdfWord(new string(text));
    }

    public bool Is(string word) => string.Equals(Text, word, StringComparison.Ordinal);
}

/// <summary>A name given twice keeps its last value, as readers have it; the first is judged with the others.</summary>
internal sealed record PdfDictionary(List<KeyValuePair<string, PdfValue>> Entries) : PdfValue
{
    /// <summary>It ends with its own mark, not with its object or its stream. Readers take no cross-reference from one that does not.</summary>
    public bool IsClosed { get; init; } = true;

    public PdfValue? this[string key]
    {
        get
        {
            for (var i = Entries.Count - 1; i >= 0; i--)
            {
                if (string.Equals(Entries[i].Key, key, StringComparison.Ordinal))
                    return Entries[i].Value;
            }

            return null;
        }
    }

    public bool IsNamed(string key, string name) => this[key] is PdfName found && string.Equals(found.Text, name, StringComparison.Ordinal);
}
