using System.Buffers;
using System.Text;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Looks for words in a text that comes in pieces, as a program reads it that takes UTF-8 and UTF-16 alike: zero bytes and what is no ASCII are skipped,
/// numeric character references (XML 1.0, 4.1) are what they stand for, and capitals are small letters.
/// </summary>
/// <param name="words">In small letters, without ampersands.</param>
internal sealed class NarrowSearch(IReadOnlyList<byte[]> words) : IDisposable
{
    private const int Piece = 16 * 1024;
    private const int NoReference = 0;

    /// <summary>Behind an ampersand; the other states are the base of the digits that follow.</summary>
    private const int Ampersand = 1;

    /// <summary>An ampersand, zero, and all that is no ASCII.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create([0, (byte)'&', .. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    private readonly PooledBytes _text = new();
    private readonly int _overlap = words.Max(w => w.Length) - 1;
    private int _reference;
    private int _value;

    public bool Finds(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[Piece];
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, Piece)];
            bytes = bytes[piece.Length..];
            _text.Add(text[..Narrow(piece, text)]);
            foreach (var word in words)
            {
                if (_text.Bytes.IndexOf(word) >= 0)
                    return true;
            }

            if (_text.Length > _overlap)
                _text.DropFirst(_text.Length - _overlap);
        }

        return false;
    }

    public void Dispose() => _text.Dispose();

    private int Narrow(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        var length = 0;
        while (!bytes.IsEmpty)
        {
            var plain = _reference == NoReference ? bytes.IndexOfAny(Special) : 0;
            if (plain < 0)
                plain = bytes.Length;
            Ascii.ToLower(bytes[..plain], into[length..], out var lowered);
            length += lowered;
            bytes = bytes[plain..];
            if (bytes.IsEmpty)
                break;
            if (bytes[0] is > 0 and < 128 && See(bytes[0]) is var character and > 0)
                into[length++] = (byte)char.ToLowerInvariant((char)character);
            bytes = bytes[1..];
        }

        return length;
    }

    /// <summary>At an ampersand or in a reference: 0, or the character that is known by now.</summary>
    private int See(byte value)
    {
        if (value == '&')
        {
            (_reference, _value) = (Ampersand, 0);
            return 0;
        }

        switch (_reference)
        {
            case Ampersand when value == '#':
                _reference = 10;
                return 0;
            case 10 when value is (byte)'x' or (byte)'X' && _value == 0:
                _reference = 16;
                return 0;
            case 10 or 16 when Digit(value) < _reference:
                _value = Math.Min((_value * _reference) + Digit(value), char.MaxValue);
                return 0;
            case 10 or 16 when value == ';':
                _reference = NoReference;
                return _value < 128 ? _value : 0;
            default:
                _reference = NoReference;
                return value;
        }
    }

    private static int Digit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => int.MaxValue,
    };
}
