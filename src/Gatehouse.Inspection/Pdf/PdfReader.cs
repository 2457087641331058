using System.Buffers;
using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Reads objects at a position (ISO 32000-1, 7.2 and 7.3), forgiving what readers forgive.</summary>
internal sealed class PdfReader(PdfSource source)
{
    /// <summary>Behind the first number of a reference: two blanks, nine digits, the "R" and a token's end.</summary>
    private const int LongestSimpleRest = 13;

    private int _values;

    public PdfSource Source { get; } = source;

    public long Position { get; set; }

    /// <summary>White space (7.2.2, table 1) and delimiters (table 2).</summary>
    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    public static bool IsSpace(int c) => c is 0 or 9 or 10 or 12 or 13 or 32;

    public static bool IsDelimiter(int c) => c is '(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%';

    /// <summary>How many of the bytes are before the token's end; -1: its end is not among them.</summary>
    public static int TokenLength(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(TokenEnds);

    public void SkipSpace()
    {
        while (true)
        {
            var c = Source[Position];
            if (c == '%')
                SkipLine();
            else if (!IsSpace(c))
                return;
            else
                Position++;
        }
    }

    public PdfValue Read(int depth = 0)
    {
        if (depth > PdfLimits.Depth)
            throw new PdfLimitException(Reasons.BadStructure, Position);
        _values = depth == 0 ? 0 : _values + 1;
        if (_values > PdfLimits.Values)
            throw new PdfLimitException(Reasons.ExpandsTooMuch, Position);
        SkipSpace();
        var c = Source[Position];
        switch (c)
        {
            case -1:
                return PdfWord.End;
            case '/':
                Position++;
                return PdfStrings.ReadName(this);
            case '(':
                return new PdfString(PdfStrings.ReadLiteral(this));
            case '<' when Source[Position + 1] == '<':
                Position += 2;
                return ReadDictionary(depth);
            case '<':
                return new PdfString(PdfStrings.ReadHex(this));
            case '[':
                Position++;
                return ReadArray(depth);
            case (>= '0' and <= '9') or '+' or '-' or '.':
                return ReadNumberOrReference(c);
            case '>' when Source[Position + 1] == '>':
                Position += 2;
                return PdfWord.Of(">>");
            default:
                return ReadWord(c);
        }
    }

    /// <summary>"12 0 obj": the position is after it then, else where it was.</summary>
    public bool TryReadObjectHeader(out int number, out int generation)
    {
        var start = Position;
        generation = 0;
        number = 0;
        if (Source[start] is < '0' or > '9')
            return false;
        if (TryReadWhole(out number) && SkipSome() && TryReadWhole(out generation) && SkipSome() && Source.Matches(Position, "obj"u8))
        {
            Position += 3;
            return true;
        }

        Position = start;
        return false;
    }

    /// <summary>Whole numbers with white space after each.</summary>
    public void SkipNumbers(int count)
    {
        for (var i = 0; i < count && TryReadWhole(out _); i++)
            SkipSpace();
    }

    private void SkipLine()
    {
        while (Source[Position] is not (-1 or '\r' or '\n'))
            Position++;
    }

    private bool SkipSome()
    {
        var start = Position;
        SkipSpace();
        return Position > start;
    }

    private bool TryReadWhole(out int value)
    {
        long whole = 0;
        var start = Position;
        while (Source[Position] is >= '0' and <= '9' and var digit && Position - start < 12)
        {
            whole = (whole * 10) + (digit - '0');
            Position++;
        }

        value = (int)Math.Min(whole, int.MaxValue);
        return Position > start && whole <= int.MaxValue;
    }

    private PdfValue ReadNumberOrReference(int first)
    {
        if (TryReadSimple(Source.Ahead(Position)) is { } simple)
            return simple;
        var start = Position;
        if (first is >= '0' and <= '9' && TryReadWhole(out var number) && !IsFraction())
        {
            var after = Position;
            if (SkipSome() && TryReadWhole(out var generation) && SkipSome() && Source[Position] == 'R' && EndsToken(Source[Position + 1]))
            {
                Position++;
                return new PdfReference(number, generation);
            }

            Position = after;
            return PdfNumber.Of(number);
        }

        Position = start;
        Span<byte> digits = stackalloc byte[48];
        var length = 0;
        while (Source[Position] is var c and >= 0 && !EndsToken(c))
        {
            if (length < digits.Length)
                digits[length++] = (byte)c;
            Position++;
        }

        return double.TryParse(digits[..length], System.Globalization.CultureInfo.InvariantCulture, out var value) ? new PdfNumber(value) : new PdfNumber(0);
    }

    /// <summary>"12", or "12 0 R" with one blank between, as nearly every program writes them; null: in another way, or near the end of what is at hand.</summary>
    private PdfValue? TryReadSimple(ReadOnlySpan<byte> ahead)
    {
        var length = ReadDigits(ahead, out var number);
        var rest = ahead[length..];
        if (length == 0 || rest.Length < LongestSimpleRest || !EndsSimply(rest))
            return null;
        if (rest[0] == ' ')
        {
            var more = ReadDigits(rest[1..], out var generation);
            var end = rest[(1 + more)..];
            // More digits than are read here.
            if (more == 0 && char.IsAsciiDigit((char)end[0]))
                return null;
            if (more > 0 && end is [(byte)' ', (byte)'R', var last, ..] && EndsToken(last))
            {
                Position += length + 1 + more + 2;
                return new PdfReference(number, generation);
            }

            // "12 0", and then a "R" may come yet.
            if (more > 0 && IsBlank(end[0]) && !EndsSimply(end))
                return null;
        }

        Position += length;
        return PdfNumber.Of(number);
    }

    /// <summary>A token's end, and if that is white space, one blank and no more.</summary>
    private static bool EndsSimply(ReadOnlySpan<byte> end) => IsBlank(end[0]) ? end[0] == ' ' && !IsBlank(end[1]) : EndsToken(end[0]);

    /// <summary>White space, or a comment, which counts as such.</summary>
    private static bool IsBlank(byte c) => IsSpace(c) || c == '%';

    /// <summary>At most nine digits, which any int holds; 0: none, or more.</summary>
    private static int ReadDigits(ReadOnlySpan<byte> bytes, out int value)
    {
        value = 0;
        var length = 0;
        while (length < bytes.Length && bytes[length] is >= (byte)'0' and <= (byte)'9' and var digit)
        {
            if (++length > 9)
                return 0;
            value = (value * 10) + (digit - '0');
        }

        return length;
    }

    private bool IsFraction() => !EndsToken(Source[Position]);

    private static bool EndsToken(int c) => c < 0 || IsSpace(c) || IsDelimiter(c);

    private PdfWord ReadWord(int first)
    {
        Span<char> letters = stackalloc char[32];
        var length = 0;
        // A lone delimiter is a word of its own, so that every read goes forward.
        if (IsDelimiter(first))
        {
            Position++;
            return PdfWord.Of([(char)first]);
        }

        while (length < letters.Length && Source[Position] is var c and >= 0 && !EndsToken(c))
        {
            letters[length++] = (char)c;
            Position++;
        }

        return PdfWord.Of(letters[..length]);
    }

    private PdfArray ReadArray(int depth)
    {
        var items = new List<PdfValue>();
        while (Read(depth + 1) is var item && !EndsContainer(item, "]"))
            items.Add(item);
        return new PdfArray(items);
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        var entries = new List<KeyValuePair<string, PdfValue>>();
        PdfValue last;
        while (!EndsContainer(last = Read(depth + 1), ">>"))
        {
            // Without a name nothing says what a value is: readers skip it.
            if (last is not PdfName name)
                continue;
            last = Read(depth + 1);
            if (EndsContainer(last, ">>"))
                break;
            entries.Add(new(name.Text, last));
        }

        return new PdfDictionary(entries) { IsClosed = last is PdfWord { Text: ">>" } };
    }

    /// <summary>Also at words that cannot stand inside: the file went wrong before, and what follows is read on its own.</summary>
    private bool EndsContainer(PdfValue value, string closer)
    {
        if (value is not PdfWord word)
            return false;
        if (word.Is(closer) || word.Text.Length == 0)
            return true;
        if (!word.Is("endobj") && !word.Is("stream") && !word.Is("endstream"))
            return false;
        Position -= Encoding.ASCII.GetByteCount(word.Text);
        return true;
    }
}
