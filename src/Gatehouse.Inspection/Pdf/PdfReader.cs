using System.Buffers;
using System.Text;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Reads objects at a position (ISO 32000-1, 7.2 and 7.3), forgiving what readers forgive.</summary>
internal sealed partial class PdfReader(PdfSource source)
{
    /// <summary>White space that is not counted: it stands in an object that is, or between two.</summary>
    private const int FreeSpace = 64;

    private int _values;

    public PdfSource Source { get; } = source;

    public long Position { get; set; }

    /// <summary>Where PHP's opening stands in a comment that was passed over; -1: nowhere. What pages and strings say is none.</summary>
    public long PhpAt { get; private set; } = -1;

    /// <summary>
    /// Of the object read last, readers have more than one reading: an array or a dictionary is not closed by its own mark, one stands where a value belongs or
    /// a name, or a reference is spelled as only some of them read it.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>White space (7.2.2, table 1) and delimiters (table 2).</summary>
    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    public static bool IsSpace(int c) => c is 0 or 9 or 10 or 12 or 13 or 32;

    public static bool IsDigit(int c) => c is >= '0' and <= '9';

    public static bool IsDelimiter(int c) => c is '(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%';

    /// <summary>How many of the bytes are before the token's end; -1: its end is not among them.</summary>
    public static int TokenLength(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(TokenEnds);

    public void SkipSpace() => Skip(isBetweenObjects: false);

    /// <summary>The same between objects: some programs begin an update's first object behind "%%EOF", on its line.</summary>
    public void SkipGap() => Skip(isBetweenObjects: true);

    /// <summary>The object at the position.</summary>
    public PdfValue Read()
    {
        var start = Position;
        _values = 0;
        IsBroken = false;
        var value = Read(0);
        Source.Budget.Spend(((Position - start) / PdfLimits.BytesPerPrice) + ((long)_values * PdfLimits.ValueCost), start);
        return value;
    }

    /// <summary>The same, but of an array or a dictionary only that it is one.</summary>
    public PdfValue ReadScalar()
    {
        SkipSpace();
        return Source[Position] == '[' || (Source[Position] == '<' && Source[Position + 1] == '<') ? PdfWord.Composite : Read();
    }

    private PdfValue Read(int depth)
    {
        if (depth > PdfLimits.Depth)
            throw new PdfLimitException(Reasons.BadStructure, Position);
        if (++_values > PdfLimits.Values)
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

    private void Skip(bool isBetweenObjects)
    {
        var start = Position;
        while (true)
        {
            var c = Source[Position];
            if (c == '%' && isBetweenObjects && Source.Matches(Position, "%%EOF"u8) && IsDigit(Source[Position + "%%EOF".Length]))
                Position += "%%EOF".Length;
            else if (c == '%')
                SkipLine();
            else if (IsSpace(c))
                Position++;
            else
                break;
        }

        if (Position - start > FreeSpace)
            Source.Budget.Spend(Position - start, start);
    }

    private void SkipLine()
    {
        while (Source[Position] is var c and not (-1 or '\r' or '\n'))
        {
            if (c == '<' && PhpAt < 0 && PhpOpening.IsAt(Source.Ahead(Position)))
                PhpAt = Position;
            Position++;
        }
    }

    private bool SkipSome()
    {
        var start = Position;
        SkipSpace();
        return Position > start;
    }

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

        while (Source[Position] is var c and >= 0 && !EndsToken(c))
        {
            // Longer than any that means something.
            if (length < letters.Length)
                letters[length++] = (char)c;
            Position++;
        }

        var word = PdfWord.Of(letters[..length]);
        // A reference's own word is read with its numbers.
        IsBroken |= word.Is("R");
        return word;
    }

    private PdfArray ReadArray(int depth)
    {
        List<PdfValue>? items = null;
        while (Read(depth + 1) is var item && !EndsContainer(item, "]"))
            (items ??= []).Add(item);
        return items is null ? PdfArray.Empty : new PdfArray(items);
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        var entries = new List<KeyValuePair<string, PdfValue>>();
        while (Read(depth + 1) is var key && !EndsContainer(key, ">>"))
        {
            // Without a name nothing says what a value is: readers skip it, but of an array or a dictionary only the first mark.
            IsBroken |= key is PdfArray or PdfDictionary;
            if (key is not PdfName name)
                continue;
            var value = Read(depth + 1);
            if (EndsContainer(value, ">>"))
            {
                IsBroken = true;
                break;
            }

            entries.Add(new(name.Text, value));
        }

        return new PdfDictionary(entries);
    }

    /// <summary>Also at words that cannot stand inside: the file went wrong before, and what follows is read on its own.</summary>
    private bool EndsContainer(PdfValue value, string closer)
    {
        if (value is not PdfWord word)
            return false;
        if (word.Is(closer))
            return true;
        if (word.Text.Length > 0 && !word.Is("endobj") && !word.Is("stream") && !word.Is("endstream"))
            return false;
        IsBroken = true;
        Position -= Encoding.ASCII.GetByteCount(word.Text);
        return true;
    }
}
