using System.Buffers;

namespace Gatehouse.Inspection.Office.Markup;

/// <summary>What stands between tags (XML 1.0, 2.4 to 2.8): texts and sections are reported in pieces; comments, instructions and the declaration are not.</summary>
internal sealed partial class MarkupReader
{
    private static readonly SearchValues<char> TextEnds = SearchValues.Create("<&");

    private bool ReadText()
    {
        if (_elements.Count == 0)
        {
            if (!_hasBegun)
                _source.Declare(_at, default);
            _hasBegun = true;
            return MarkupCharacters.IsBlank(_source[_at++]) ? false : throw new MarkupException();
        }

        Kind = MarkupKind.Text;
        if (_source[_at] == '&')
        {
            _at = MarkupCharacters.ReadReference(_source, _at, _referred);
            _isReferred = true;
            return true;
        }

        if (Matches(_at, "]]>"))
            throw new MarkupException();
        var rest = _source.Text[_at..];
        var end = rest.IndexOfAny(TextEnds);
        return Report(end < 0 ? BeforeEnd(rest, isAtEdge: true) : BeforeEnd(rest[..end], isAtEdge: false));
    }

    /// <summary>False: it has ended.</summary>
    private bool ReadSection()
    {
        Kind = MarkupKind.Text;
        if (_source[_at] == '\0')
            throw new MarkupException();
        if (Matches(_at, "]]>"))
        {
            _at += "]]>".Length;
            _isSection = false;
            return false;
        }

        return Report(BeforeEnd(_source.Text[_at..], isAtEdge: true));
    }

    /// <summary>How much stands before a section's end, which is not at the beginning; one that is cut at the edge of what is decoded is looked at with more.</summary>
    private static int BeforeEnd(ReadOnlySpan<char> text, bool isAtEdge)
    {
        var end = text.IndexOf("]]>");
        if (end < 0)
            end = text.Length - (!isAtEdge ? 0 : text.EndsWith("]]") ? 2 : text.EndsWith("]") ? 1 : 0);
        return Math.Max(1, end);
    }

    private bool Report(int length)
    {
        _text = (_at, length);
        _at += length;
        return true;
    }

    /// <summary>Two hyphens end it, and stand nowhere else in it (2.5).</summary>
    private void SkipComment()
    {
        _at += "<!--".Length;
        SkipTo('-', "--");
        if (_source[_at + 2] != '>')
            throw new MarkupException();
        _at += "-->".Length;
    }

    private void SkipInstruction()
    {
        var start = _at + 2;
        var end = MarkupCharacters.NameEnd(_source, start);
        var isNamed = end > start && !_source.Text[start..end].Equals("xml", StringComparison.OrdinalIgnoreCase);
        if (!isNamed || !(MarkupCharacters.IsBlank(_source[end]) || Matches(end, "?>")))
            throw new MarkupException();
        _at = end;
        SkipTo('?', "?>");
        _at += "?>".Length;
    }

    /// <summary>Nothing of what is skipped is kept.</summary>
    private void SkipTo(char first, ReadOnlySpan<char> word)
    {
        while (!Matches(_at, word))
        {
            if (_source[_at] == '\0')
                throw new MarkupException();
            var rest = _source.Text[(_at + 1)..];
            var next = rest.IndexOf(first);
            _at += 1 + (next < 0 ? rest.Length : next);
            Drop();
        }
    }

    private bool IsDeclaration() => Matches(_at, "<?xml") && MarkupCharacters.IsBlank(_source[_at + "<?xml".Length]);

    /// <summary>Version 1.0, then the encoding, then whether it stands alone (2.8).</summary>
    private void ReadDeclaration()
    {
        var at = _at + "<?xml".Length;
        if (!TryReadValue("version", ref at, out var value) || _source.Text[value] is not "1.0")
            throw new MarkupException();
        var isEncoded = TryReadValue("encoding", ref at, out var encoding);
        if (TryReadValue("standalone", ref at, out value) && _source.Text[value] is not ("yes" or "no"))
            throw new MarkupException();
        at = MarkupCharacters.SkipBlanks(_source, at);
        if (!Matches(at, "?>"))
            throw new MarkupException();
        _at = at + "?>".Length;
        if (isEncoded && _source.Text[encoding].IsEmpty)
            throw new MarkupException();
        _source.Declare(_at, isEncoded ? _source.Text[encoding] : default);
    }

    private bool TryReadValue(ReadOnlySpan<char> name, ref int at, out Range value)
    {
        value = default;
        var start = MarkupCharacters.SkipBlanks(_source, at);
        if (start == at || !Matches(start, name))
            return false;
        var quote = MarkupCharacters.SkipBlanks(_source, start + name.Length);
        if (_source[quote] != '=')
            throw new MarkupException();
        quote = MarkupCharacters.SkipBlanks(_source, quote + 1);
        if (_source[quote] is not ('"' or '\''))
            throw new MarkupException();
        var end = quote + 1;
        while (_source[end] is not '\0' && _source[end] != _source[quote])
            end++;
        value = (quote + 1)..end;
        at = end + 1;
        return _source[end] == _source[quote] ? true : throw new MarkupException();
    }
}
