using System.Text;

namespace Gatehouse.Inspection.Text;

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

    public bool IsLoadingTag => Spells("iframe"u8) || Spells("object"u8) || Spells("embed"u8);

    /// <summary>"&lt;http://…&gt;" is an address in brackets.</summary>
    public bool IsAddress => _length > 0 && _letters[_length - 1] == ':';

    public bool IsActiveAttribute => Spells("srcdoc"u8) || IsHandler();

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
