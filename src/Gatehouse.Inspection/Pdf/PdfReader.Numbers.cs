using System.Globalization;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Numbers (ISO 32000-1, 7.3.3), and references, which begin with two of them (7.3.10).</summary>
internal sealed partial class PdfReader
{
    /// <summary>Behind the first number of a reference: two blanks, nine digits, the "R" and a token's end.</summary>
    private const int LongestSimpleRest = 13;

    /// <summary>Whole numbers with white space after each.</summary>
    public void SkipNumbers(int count)
    {
        for (var i = 0; i < count && TryReadWhole(out _); i++)
            SkipSpace();
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
            // "12 0R".
            IsBroken |= c == 'R';
            Position++;
        }

        return double.TryParse(digits[..length], CultureInfo.InvariantCulture, out var value) ? new PdfNumber(value) : new PdfNumber(0);
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
}
