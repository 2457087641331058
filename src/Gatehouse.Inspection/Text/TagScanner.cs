namespace Gatehouse.Inspection.Text;

/// <summary>
/// Tags that do something: an event handler, <c>srcdoc</c>, a script address, an <c>iframe</c>, <c>object</c>, <c>embed</c> or their like with an attribute,
/// a <c>base</c> or <c>form</c> that leads elsewhere, a <c>meta</c> that refreshes, a <c>script</c> that SVG loads. Which
/// quote opens a value depends on comments, raw text and what a reader forgives, so the scanner keeps every state that a reader could be in at once
/// (in the tag, in either kind of quotes) and takes each of them seriously: no nesting of quotes hides an attribute.
/// </summary>
internal sealed class TagScanner
{
    private readonly TagWord _word = new();
    private readonly AttributeValue _value = new();
    private States _states;
    private TagKinds _tag;
    private bool _isFirstThing;
    private bool _nameEnded;
    private bool _spaced;
    private bool _isAddress;

    [Flags]
    private enum States
    {
        None = 0,
        InTag = 1,
        InDouble = 2,
        InSingle = 4,
    }

    /// <param name="firstThing">Where the file's first thing begins, if it is known: a tag there needs only any attribute to count.</param>
    public Verdict.Refuse? Scan(ReadOnlySpan<byte> window, int from, int to, long windowStart, long firstThing)
    {
        for (var at = from; at < to; at++)
        {
            if ((_states & States.InTag) == States.None)
            {
                var rest = window[at..to];
                var skip = _states == States.None ? rest.IndexOf((byte)'<') : rest.IndexOfAny((byte)'<', (byte)'"', (byte)'\'');
                if (skip < 0)
                    return null;
                at += skip;
            }

            var c = window[at];
            if (c == '<' && at + 1 < window.Length && char.IsAsciiLetter((char)window[at + 1]))
                Open(windowStart + at == firstThing);
            else if (IsDangerous(c))
                return TextRefusals.Markup("text/html", "a web page (HTML)", windowStart + at);
        }

        return null;
    }

    private void Open(bool isFirstThing)
    {
        _states |= States.InTag;
        _word.Begin();
        _value.End();
        // Behind an open quote a reader may still be in the tag before.
        if ((_states & (States.InDouble | States.InSingle)) == States.None)
            _tag = TagKinds.Other;
        _nameEnded = false;
        _spaced = false;
        _isAddress = false;
        _isFirstThing = isFirstThing;
    }

    private bool IsDangerous(byte c)
    {
        switch (c)
        {
            case (byte)'>':
                _states &= ~States.InTag;
                _value.End();
                return false;
            case (byte)'"':
                Quote(States.InDouble);
                return false;
            case (byte)'\'':
                Quote(States.InSingle);
                return false;
            case (byte)'=' when (_states & States.InTag) != States.None && _nameEnded:
                _value.Begin(_word.RuleIn(_tag));
                return (_isFirstThing && _spaced) || (_tag.HasFlag(TagKinds.Loads) && _spaced) || _word.IsActiveAttribute || (_tag.HasFlag(TagKinds.Script) && _word.IsReference);
            default:
                return (_states & States.InTag) != States.None && InTag(c);
        }
    }

    /// <summary>In the tag, the quote opens a value or is a letter like any other; in its own kind of quotes it ends them.</summary>
    private void Quote(States quotes)
    {
        var opens = (_states & States.InTag) != States.None ? quotes : States.None;
        var inTag = (_states & (States.InTag | quotes)) != States.None ? States.InTag : States.None;
        _states = (_states & ~quotes) | opens | inTag;
        EndWord();
        _value.Quote();
    }

    private bool InTag(byte c)
    {
        if (_value.Append(c))
            return true;
        if (Spelling.IsSpace(c) || c == '/')
        {
            EndWord();
            _spaced |= !_isAddress || c != '/';
        }
        else
        {
            _word.Append(c);
        }

        return false;
    }

    private void EndWord()
    {
        if (!_nameEnded)
        {
            _nameEnded = true;
            _tag |= _word.Kind;
            _isAddress = _word.IsAddress;
        }

        _word.End();
    }
}
