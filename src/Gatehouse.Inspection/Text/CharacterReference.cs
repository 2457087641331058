namespace Gatehouse.Inspection.Text;

/// <summary>
/// A character reference as browsers read it (HTML, 13.2.5.72 to 13.2.5.80), fed letter by letter behind its '&amp;': numbers with any count of zeros and with or
/// without a semicolon, and the names that matter.
/// </summary>
internal struct CharacterReference
{
    private const int NoCharacter = 0x110000;

    /// <summary>Names that HTML knows without a semicolon too.</summary>
    private static readonly (byte[] Name, char Character)[] Bare = [([.. "lt"u8], '<'), ([.. "gt"u8], '>'), ([.. "amp"u8], '&'), ([.. "quot"u8], '"')];

    private Form _form;
    private int _number;
    private ulong _name;
    private int _nameLength;

    private enum Form
    {
        None,
        Hash,
        Decimal,
        Hexadecimal,
        Name,
    }

    /// <summary>The character's code point; 0: none that matters.</summary>
    public readonly int Value => _form == Form.Name ? Named : _number;

    /// <summary>False: the reference has ended before this.</summary>
    public bool Take(byte c)
    {
        switch (_form)
        {
            case Form.None when c == '#':
                _form = Form.Hash;
                return true;
            case Form.Hash when c is (byte)'x' or (byte)'X':
                _form = Form.Hexadecimal;
                return true;
            case Form.Hash or Form.Decimal when char.IsAsciiDigit((char)c):
                _form = Form.Decimal;
                _number = Math.Min((_number * 10) + c - '0', NoCharacter);
                return true;
            case Form.Hexadecimal when char.IsAsciiHexDigit((char)c):
                _number = Math.Min((_number * 16) + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10), NoCharacter);
                return true;
            case Form.None or Form.Name when _nameLength < sizeof(ulong) && char.IsAsciiLetter((char)c):
                _form = Form.Name;
                _name = (_name << 8) | (byte)(c | 0x20);
                _nameLength++;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The reference at the start of a text; -1: there is none.</summary>
    public static int Read(ReadOnlySpan<byte> text, out int length)
    {
        var reference = default(CharacterReference);
        length = 1;
        while (length < text.Length && reference.Take(text[length]))
            length++;
        if (reference.Value > 0)
        {
            length += length < text.Length && text[length] == ';' ? 1 : 0;
            return reference.Value;
        }

        foreach (var (name, character) in Bare)
        {
            length = 1 + name.Length;
            if (Spelling.StartsWith(text[1..], name))
                return character;
        }

        return -1;
    }

    private readonly int Named => _name switch
    {
        0x6C74 => '<', // lt
        0x6774 => '>', // gt
        0x616D70 => '&', // amp
        0x71756F74 => '"', // quot
        0x61706F73 => '\'', // apos
        0x636F6C6F6E => ':', // colon
        0x736F6C => '/', // sol
        0x62736F6C => '\\', // bsol
        _ => 0,
    };
}
