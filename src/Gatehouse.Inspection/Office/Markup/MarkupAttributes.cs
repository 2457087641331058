using System.Buffers;
using System.Runtime.InteropServices;

namespace Gatehouse.Inspection.Office.Markup;

/// <summary>An attribute of the element that has just been read; a declaration of a namespace is one.</summary>
internal readonly ref struct MarkupAttribute
{
    /// <summary>Without its prefix.</summary>
    public required ReadOnlySpan<char> Name { get; init; }

    /// <summary>Empty: none, or that of nothing but its element.</summary>
    public required ReadOnlySpan<char> Namespace { get; init; }

    /// <summary>What its namespace is to those who judge.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Without references, and with blanks for other white space (XML 1.0, 3.3.3).</summary>
    public required ReadOnlySpan<char> Value { get; init; }
}

/// <summary>One element's attributes (XML 1.0, 3.1): where their names and values stand, and that no two are the same.</summary>
internal sealed class MarkupAttributes(MarkupSource source, MarkupNamespaces namespaces) : IDisposable
{
    /// <summary>Of one element; rows that are written as attributes have some hundred.</summary>
    private const int Most = 4096;

    /// <summary>So many are compared one by one.</summary>
    private const int Few = 8;

    private static readonly SearchValues<char> EndsOfDouble = SearchValues.Create("\"<&\t\n\r");
    private static readonly SearchValues<char> EndsOfSingle = SearchValues.Create("'<&\t\n\r");

    private readonly List<Place> _items = [];
    private readonly List<int> _digests = [];

    /// <summary>Values that do not count as they are written.</summary>
    private readonly PooledChars _values = new();

    public int Count => _items.Count;

    public MarkupAttribute this[int index]
    {
        get
        {
            var item = _items[index];
            return new MarkupAttribute { Name = Name(item), Namespace = namespaces.Uri(item.Declaration), Vocabulary = namespaces.VocabularyOf(item.Declaration), Value = Value(item) };
        }
    }

    public void Clear()
    {
        _items.Clear();
        _digests.Clear();
        _values.Clear();
    }

    /// <summary>One without a prefix.</summary>
    public bool TryGet(ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        foreach (var item in CollectionsMarshal.AsSpan(_items))
        {
            if (item.Prefix == 0 && Name(item).SequenceEqual(name))
            {
                value = Value(item);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Reads a name and its value, and returns where they end.</summary>
    public int Read(int at)
    {
        var end = MarkupCharacters.QualifiedEnd(source, at, out var prefix);
        if (_items.Count == Most)
            throw new MarkupException();
        var item = new Place(at, prefix, end);
        at = MarkupCharacters.SkipBlanks(source, end);
        if (source[at] != '=')
            throw new MarkupException();
        at = ReadValue(MarkupCharacters.SkipBlanks(source, at + 1), ref item);
        if (MarkupNamespaces.IsDeclaration(Prefix(item), Name(item)))
        {
            item.Declaration = MarkupNamespaces.OfDeclarations;
            namespaces.Declare(prefix == 0 ? default : Name(item), Value(item));
        }

        _items.Add(item);
        return at;
    }

    /// <summary>All have been read: their prefixes are known, and none is there twice.</summary>
    public void Finish()
    {
        foreach (ref var item in CollectionsMarshal.AsSpan(_items))
        {
            if (item.Prefix > 0 && item.Declaration == MarkupNamespaces.None)
                item.Declaration = namespaces.Find(Prefix(item));
            if (item.Declaration == MarkupNamespaces.OfXml && Name(item) is "space" && Value(item).Trim() is not ("default" or "preserve"))
                throw new MarkupException();
        }

        // Two digests are the same by chance once in some ten million elements: then all are compared.
        if ((_items.Count <= Few || HasTwinDigests()) && HasTwins())
            throw new MarkupException();
    }

    public void Dispose() => _values.Dispose();

    /// <summary>In order, so that very many cost little more each than a few.</summary>
    private bool HasTwinDigests()
    {
        foreach (var item in CollectionsMarshal.AsSpan(_items))
            _digests.Add(HashCode.Combine(string.GetHashCode(Name(item), StringComparison.Ordinal), namespaces.DigestOf(item.Declaration)));
        var digests = CollectionsMarshal.AsSpan(_digests);
        digests.Sort();
        for (var i = 1; i < digests.Length; i++)
        {
            if (digests[i] == digests[i - 1])
                return true;
        }

        return false;
    }

    private bool HasTwins()
    {
        for (var i = 1; i < _items.Count; i++)
        {
            foreach (var other in CollectionsMarshal.AsSpan(_items)[..i])
            {
                if (Name(other).SequenceEqual(Name(_items[i])) && namespaces.Uri(other.Declaration).SequenceEqual(namespaces.Uri(_items[i].Declaration)))
                    return true;
            }
        }

        return false;
    }

    private int ReadValue(int at, ref Place item)
    {
        var quote = source[at++];
        if (quote is not ('"' or '\''))
            throw new MarkupException();
        item.Value = at;
        at = PlainEnd(at, quote);
        if (source[at] == quote)
        {
            item.ValueLength = at - item.Value;
            return at + 1;
        }

        var start = _values.Length;
        _values.Add(source.Text[item.Value..at]);
        while (source[at] != quote)
            at = ReadSpecial(at, quote);
        (item.Value, item.ValueLength, item.IsKept) = (start, _values.Length - start, true);
        return at + 1;
    }

    /// <summary>Up to the quotation mark, or what does not count as it is written.</summary>
    private int PlainEnd(int at, char quote)
    {
        while (true)
        {
            var rest = source.Text[at..];
            var end = rest.IndexOfAny(quote == '"' ? EndsOfDouble : EndsOfSingle);
            if (end >= 0)
                return at + end;
            at += rest.Length;
            if (!source.More())
                throw new MarkupException();
        }
    }

    private int ReadSpecial(int at, char quote)
    {
        switch (source[at])
        {
            case '<':
                throw new MarkupException();
            case '&':
                at = MarkupCharacters.ReadReference(source, at, _values);
                break;
            default:
                _values.Add(" ");
                // A line end is one blank (XML 1.0, 2.11).
                at += source[at] == '\r' && source[at + 1] == '\n' ? 2 : 1;
                break;
        }

        var end = PlainEnd(at, quote);
        _values.Add(source.Text[at..end]);
        return end;
    }

    private ReadOnlySpan<char> Prefix(Place item) => source.Text.Slice(item.Start, item.Prefix);

    private ReadOnlySpan<char> Name(Place item) => source.Text[(item.Start + (item.Prefix > 0 ? item.Prefix + 1 : 0))..item.End];

    private ReadOnlySpan<char> Value(Place item) => (item.IsKept ? _values.Text : source.Text).Slice(item.Value, item.ValueLength);

    private record struct Place(int Start, int Prefix, int End)
    {
        public int Declaration { get; set; } = MarkupNamespaces.None;

        public int Value { get; set; }

        public int ValueLength { get; set; }

        public bool IsKept { get; set; }
    }
}
