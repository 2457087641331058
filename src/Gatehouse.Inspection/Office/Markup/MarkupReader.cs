namespace Gatehouse.Inspection.Office.Markup;

internal enum MarkupKind
{
    Element,
    EndElement,

    /// <summary>A piece of text between two tags; a long one comes in several.</summary>
    Text,
}

/// <summary>
/// XML 1.0 (fourth edition) with namespaces, from its first character to its last: well-formed, without a document type and so without entities. Made for
/// parts of any length: names, values and texts are read where they stand, so nothing is allocated that grows with the part.
/// </summary>
internal sealed partial class MarkupReader : IDisposable
{
    private const int DropFrom = 8 * 1024;

    private readonly MarkupSource _source;
    private readonly MarkupNamespaces _namespaces = new();
    private readonly MarkupElements _elements = new();
    private readonly PooledChars _referred = new();
    private int _at;
    private (int Start, int Length) _name;
    private (int Start, int Length) _text;
    private int _namespace;
    private int _namespacesLeft = -1;
    private bool _isSection;
    private bool _isReferred;
    private bool _hasBegun;
    private bool _hasRoot;

    public MarkupReader(Stream part)
    {
        _source = new MarkupSource(part);
        Attributes = new MarkupAttributes(_source, _namespaces);
    }

    public MarkupKind Kind { get; private set; }

    /// <summary>An element without content, of which no end follows.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>How many elements the one that is read stands in.</summary>
    public int Depth => _elements.Count - (Kind is MarkupKind.Element && !IsEmpty ? 1 : 0);

    /// <summary>Of an element or its end, without the prefix.</summary>
    public ReadOnlySpan<char> Name => _source.Text.Slice(_name.Start, _name.Length);

    public ReadOnlySpan<char> Namespace => _namespaces.Uri(_namespace);

    /// <summary>What its namespace is to those who judge.</summary>
    public Vocabulary Vocabulary => _namespaces.VocabularyOf(_namespace);

    /// <summary>Without references; line ends are as they are written.</summary>
    public ReadOnlySpan<char> Text => _isReferred ? _referred.Text : _source.Text.Slice(_text.Start, _text.Length);

    public MarkupAttributes Attributes { get; }

    /// <summary>The next node; false: the part has ended, and was well-formed.</summary>
    public bool Read()
    {
        Forget();
        while (_isSection || _source[_at] != '\0')
        {
            if (_isSection ? ReadSection() : _source[_at] == '<' ? ReadMarkup() : ReadText())
                return true;
            Drop();
        }

        return _elements.Count == 0 && _hasRoot ? false : throw new MarkupException();
    }

    public void Dispose()
    {
        Attributes.Dispose();
        _elements.Dispose();
        _namespaces.Dispose();
        _referred.Dispose();
        _source.Dispose();
    }

    /// <summary>False: nothing that is reported.</summary>
    private bool ReadMarkup()
    {
        var isFirst = !_hasBegun;
        _hasBegun = true;
        if (isFirst && !IsDeclaration())
            _source.Declare(_at, default);
        switch (_source[_at + 1])
        {
            case '?' when isFirst && IsDeclaration():
                ReadDeclaration();
                return false;
            case '?':
                SkipInstruction();
                return false;
            case '!' when Matches(_at + 2, "--"):
                SkipComment();
                return false;
            case '!' when Matches(_at + 2, "[CDATA[") && _elements.Count > 0:
                _at += "<![CDATA[".Length;
                _isSection = true;
                return false;
            case '/':
                ReadEnd();
                return true;
            default:
                ReadElement();
                return true;
        }
    }

    private void ReadElement()
    {
        if (_elements.Count == 0 && _hasRoot)
            throw new MarkupException();
        _hasRoot = true;
        Kind = MarkupKind.Element;
        var declared = _namespaces.Count;
        var start = _at + 1;
        var end = MarkupCharacters.QualifiedEnd(_source, start, out var prefix);
        var at = end;
        while (true)
        {
            var next = MarkupCharacters.SkipBlanks(_source, at);
            if (_source[next] is '>' or '/')
            {
                at = next;
                break;
            }

            // Between two of them there is a blank (3.1).
            at = next > at ? Attributes.Read(next) : throw new MarkupException();
        }

        IsEmpty = _source[at] == '/';
        at += IsEmpty ? 1 : 0;
        if (_source[at] != '>')
            throw new MarkupException();
        Attributes.Finish();
        _namespace = _namespaces.Find(_source.Text.Slice(start, prefix));
        SetName(start, prefix, end);
        if (IsEmpty)
            _namespacesLeft = declared;
        else
            _elements.Begin(_source.Text[start..end], declared, _namespace);
        _at = at + 1;
    }

    private void ReadEnd()
    {
        Kind = MarkupKind.EndElement;
        IsEmpty = false;
        var start = _at + 2;
        var name = _elements.Name;
        if (name.IsEmpty || !Matches(start, name))
            throw new MarkupException();
        var end = start + name.Length;
        var at = MarkupCharacters.SkipBlanks(_source, end);
        if (_source[at] != '>')
            throw new MarkupException();
        var colon = name.IndexOf(':');
        SetName(start, Math.Max(colon, 0), end);
        (_namespace, _namespacesLeft) = (_elements.Namespace, _elements.Namespaces);
        _elements.End();
        _at = at + 1;
    }

    private void SetName(int start, int prefix, int end)
    {
        var name = prefix > 0 ? start + prefix + 1 : start;
        _name = (name, end - name);
    }

    private bool Matches(int at, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (_source[at + i] != word[i])
                return false;
        }

        return true;
    }

    /// <summary>What the last node was made of.</summary>
    private void Forget()
    {
        Drop();
        Attributes.Clear();
        _referred.Clear();
        _isReferred = false;
        if (_namespacesLeft >= 0)
            _namespaces.KeepFirst(_namespacesLeft);
        _namespacesLeft = -1;
    }

    /// <summary>Not for every node, so that what is behind them is moved once or twice.</summary>
    private void Drop()
    {
        if (_at < DropFrom)
            return;
        _source.Drop(_at);
        _at = 0;
    }
}
