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

internal sealed record PdfArray(List<PdfValue> Items) : PdfValue
{
    public static PdfArray Empty { get; } = new([]);
}

internal sealed record PdfReference(int Number, int Generation) : PdfValue;

/// <summary>true, false, null, and words that are no object, such as endobj; an empty word is the end.</summary>
internal sealed record PdfWord(string Text) : PdfValue
{
    private static readonly PdfWord[] Known =
        [.. ((string[])["]", ">>", "endobj", "endstream", "stream", "true", "false", "null", "xref", "trailer", "startxref", "n", "f"]).Select(w => new PdfWord(w))];

    public static PdfWord End { get; } = new(string.Empty);

    /// <summary>Stands for an array or a dictionary that was not read.</summary>
    public static PdfWord Composite { get; } = new("[");

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
    /// <summary>More than the parameters of any filter have.</summary>
    private const int FewEntries = 16;

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

    public bool Has(string key) => this[key] is not null;

    /// <summary>Whether a name stands at a key, also where it is given again.</summary>
    public bool HasNamed(string key, string name) =>
        Entries.Exists(entry => string.Equals(entry.Key, key, StringComparison.Ordinal) && entry.Value is PdfName found && string.Equals(found.Text, name, StringComparison.Ordinal));

    /// <summary>What stands at a key can be read in one way: it is given once, with all that is in it, and right here.</summary>
    public bool IsPlain(string key)
    {
        var times = 0;
        foreach (var (each, value) in Entries)
        {
            if (string.Equals(each, key, StringComparison.Ordinal) && (++times > 1 || !IsPlain(value)))
                return false;
        }

        return true;
    }

    private static bool IsPlain(PdfValue value) => value switch
    {
        PdfReference => false,
        PdfArray array => array.Items.TrueForAll(IsPlain),
        PdfDictionary dictionary => dictionary.Entries.Count <= FewEntries && dictionary.Entries.TrueForAll(entry => dictionary.IsPlain(entry.Key)),
        _ => true,
    };

    public bool IsNamed(string key, string name) => this[key] is PdfName found && string.Equals(found.Text, name, StringComparison.Ordinal);
}
