using System.Runtime.InteropServices;

namespace Gatehouse.Inspection.Office.Markup;

/// <summary>Namespaces in XML 1.0: which prefix stands for what, element by element. Prefixes are found by a digest, so that many of them cost little.</summary>
internal sealed class MarkupNamespaces : IDisposable
{
    /// <summary>What stands for no namespace at all, and for the two that are bound by themselves (section 3).</summary>
    public const int None = -1;
    public const int OfXml = -2;
    public const int OfDeclarations = -3;

    private const string Xml = "http://www.w3.org/XML/1998/namespace";
    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>At one place; documents declare some dozens.</summary>
    private const int Most = 1024;

    /// <summary>The longest that programs write are addresses of some hundred characters.</summary>
    private const int Longest = 1024;

    /// <summary>Of all that are declared at one place.</summary>
    private const int MostCharacters = 1 << 20;

    private readonly PooledChars _chars = new();
    private readonly List<int> _digests = [];
    private readonly List<(int Start, int Prefix, int Uri, int Digest, Vocabulary Vocabulary)> _declared = [];

    public int Count => _declared.Count;

    public static bool IsDeclaration(ReadOnlySpan<char> prefix, ReadOnlySpan<char> name) => prefix.IsEmpty ? name is "xmlns" : prefix is "xmlns";

    /// <param name="prefix">Empty: of elements without one.</param>
    public void Declare(ReadOnlySpan<char> prefix, ReadOnlySpan<char> uri)
    {
        if (prefix is "xmlns" || uri is Declarations || (prefix is "xml") != (uri is Xml) || (uri.IsEmpty && !prefix.IsEmpty) || Count == Most)
            throw new MarkupException();
        if (prefix is "xml")
            return;
        if (uri.Length > Longest || _chars.Length + prefix.Length + uri.Length > MostCharacters)
            throw new MarkupException();
        _digests.Add(DigestOf(prefix));
        _declared.Add((_chars.Length, prefix.Length, uri.Length, string.GetHashCode(uri, StringComparison.Ordinal), Vocabularies.Of(uri)));
        _chars.Add(prefix);
        _chars.Add(uri);
    }

    /// <summary>Forgets those that were declared later.</summary>
    public void KeepFirst(int count)
    {
        if (count == Count)
            return;
        _chars.KeepFirst(_declared[count].Start);
        CollectionsMarshal.SetCount(_declared, count);
        CollectionsMarshal.SetCount(_digests, count);
    }

    /// <summary>Which declaration counts.</summary>
    public int Find(ReadOnlySpan<char> prefix)
    {
        var digest = DigestOf(prefix);
        for (var end = Count; (end = CollectionsMarshal.AsSpan(_digests)[..end].LastIndexOf(digest)) >= 0;)
        {
            var (start, length, _, _, _) = _declared[end];
            if (_chars.Text.Slice(start, length).SequenceEqual(prefix))
                return end;
        }

        return prefix.IsEmpty ? None : prefix is "xml" ? OfXml : throw new MarkupException();
    }

    public ReadOnlySpan<char> Uri(int declaration)
    {
        if (declaration < 0)
            return declaration switch { OfXml => Xml, OfDeclarations => Declarations, _ => default };
        var (start, prefix, uri, _, _) = _declared[declaration];
        return _chars.Text.Slice(start + prefix, uri);
    }

    /// <summary>The same for two declarations of one namespace.</summary>
    public int DigestOf(int declaration) => declaration < 0 ? declaration : _declared[declaration].Digest;

    public Vocabulary VocabularyOf(int declaration) => declaration < 0 ? Vocabulary.Other : _declared[declaration].Vocabulary;

    public void Dispose() => _chars.Dispose();

    private static int DigestOf(ReadOnlySpan<char> prefix) => prefix.IsEmpty ? 0 : string.GetHashCode(prefix, StringComparison.Ordinal);
}
