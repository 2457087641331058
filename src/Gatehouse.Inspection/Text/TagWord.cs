using System.Text;

namespace Gatehouse.Inspection.Text;

/// <summary>Tags by what they do: several where a reader may be in one or in the other.</summary>
[Flags]
internal enum TagKinds
{
    Other = 0,

    /// <summary>With any attribute it loads what it is told to.</summary>
    Loads = 1,
    Base = 2,
    Form = 4,
    Meta = 8,
    Script = 16,
}

/// <summary>The word being read in a tag: its name, then each attribute's, as far as it can matter.</summary>
internal sealed class TagWord
{
    /// <summary>Longer than any event handler's name.</summary>
    private const int MaxLength = 40;

    private readonly byte[] _letters = new byte[MaxLength];
    private int _length;
    private bool _ended;

    /// <summary>Words of prose that begin as handlers do; shorter ones ("on", "one", "once") are no handler's name anyway.</summary>
    private static readonly string[] EnglishWords = ["only", "onto", "onset", "onion", "onions", "ongoing", "onboard", "onsite", "onward", "onwards", "online", "ones", "oneself"];

    private ReadOnlySpan<byte> Word => _letters.AsSpan(0, _length);

    /// <summary>What the word, as a tag's name, makes of its attributes.</summary>
    public TagKinds Kind => _length switch
    {
        4 when Spells("base"u8) => TagKinds.Base,
        4 when Spells("form"u8) => TagKinds.Form,
        4 when Spells("meta"u8) => TagKinds.Meta,
        5 when Spells("embed"u8) || Spells("frame"u8) => TagKinds.Loads,
        6 when Spells("iframe"u8) || Spells("object"u8) || Spells("applet"u8) => TagKinds.Loads,
        6 when Spells("script"u8) => TagKinds.Script,
        15 when Spells("hta:application"u8) => TagKinds.Loads,
        _ => TagKinds.Other,
    };

    /// <summary>"&lt;http://…&gt;" is an address in brackets.</summary>
    public bool IsAddress => _length > 0 && _letters[_length - 1] == ':';

    public bool IsActiveAttribute => Spells("srcdoc"u8) || IsHandler();

    /// <summary>SVG's scripts are loaded by it, and may end in their own tag.</summary>
    public bool IsReference => Spells("href"u8) || Spells("xlink:href"u8);

    /// <summary>What the value of this attribute of such a tag must not be.</summary>
    public ValueRule RuleIn(TagKinds tag)
    {
        if ((tag.HasFlag(TagKinds.Base) && Spells("href"u8)) || (tag.HasFlag(TagKinds.Form) && Spells("action"u8)) || Spells("formaction"u8))
            return ValueRule.Address;
        if (tag.HasFlag(TagKinds.Meta) && Spells("http-equiv"u8))
            return ValueRule.Refresh;
        return Spells("values"u8) ? ValueRule.List : ValueRule.None;
    }

    public void Begin()
    {
        _length = 0;
        _ended = false;
    }

    /// <summary>The word stays until the next begins: "onerror =" has space before its sign.</summary>
    public void End() => _ended = true;

    public void Append(byte c)
    {
        if (_ended)
            Begin();
        if (_length < MaxLength)
            _letters[_length++] = c;
    }

    private bool Spells(ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(Word, word);

    /// <summary>"on" and at least three letters: the shortest handler is oncut.</summary>
    private bool IsHandler()
    {
        if (_length is < 5 or MaxLength || !Spelling.StartsWith(Word, "on"u8))
            return false;
        foreach (var c in Word)
        {
            if (!char.IsAsciiLetter((char)c))
                return false;
        }

        var word = Encoding.ASCII.GetString(Word);
        return !EnglishWords.Contains(word, StringComparer.OrdinalIgnoreCase);
    }
}
