using System.Text;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Names and strings, with their escapes undone (ISO 32000-1, 7.3.4 and 7.3.5).</summary>
internal static class PdfStrings
{
    public static PdfName ReadName(PdfReader reader)
    {
        var source = reader.Source;
        var ahead = source.Ahead(reader.Position);
        var end = PdfReader.TokenLength(ahead);
        if (end >= 0 && !ahead[..end].Contains((byte)'#'))
        {
            reader.Position += end;
            return end <= PdfLimits.NameLength ? source.Names.Get(ahead[..end]) : throw new PdfLimitException(Reasons.BadStructure, reader.Position);
        }

        Span<byte> short_ = stackalloc byte[64];
        var length = 0;
        StringBuilder? more = null;
        while (source[reader.Position] is var c and >= 0 && !PdfReader.IsSpace(c) && !PdfReader.IsDelimiter(c))
        {
            reader.Position++;
            if (c == '#' && Hex(source[reader.Position]) is var high and >= 0 && Hex(source[reader.Position + 1]) is var low and >= 0)
            {
                c = (high << 4) | low;
                reader.Position += 2;
            }

            if (length == short_.Length)
            {
                more ??= new StringBuilder();
                more.Append(Encoding.Latin1.GetString(short_));
                length = 0;
                if (more.Length > PdfLimits.NameLength)
                    throw new PdfLimitException(Reasons.BadStructure, reader.Position);
            }

            short_[length++] = (byte)c;
        }

        return more is null ? source.Names.Get(short_[..length]) : new PdfName(more.Append(Encoding.Latin1.GetString(short_[..length])).ToString());
    }

    public static byte[] ReadLiteral(PdfReader reader)
    {
        var source = reader.Source;
        var bytes = new List<byte>();
        var nesting = 0;
        while (source[reader.Position] is var c and >= 0)
        {
            reader.Position++;
            if (c == '(' && nesting++ == 0)
                continue;
            if (c == ')' && --nesting == 0)
                break;
            if (c == '\\')
                c = ReadEscape(reader);
            if (c >= 0)
                Add(bytes, c, reader);
        }

        return [.. bytes];
    }

    public static byte[] ReadHex(PdfReader reader)
    {
        var source = reader.Source;
        var bytes = new List<byte>();
        var high = -1;
        reader.Position++;
        while (source[reader.Position] is var c and >= 0)
        {
            reader.Position++;
            if (c == '>')
                break;
            if (PdfReader.IsSpace(c))
                continue;
            // Readers do not agree on what such a string is.
            var digit = Hex(c);
            if (digit < 0)
                throw new PdfLimitException(Reasons.BadStructure, reader.Position);
            if (high < 0)
            {
                high = digit;
                continue;
            }

            Add(bytes, (high << 4) | digit, reader);
            high = -1;
        }

        if (high >= 0)
            Add(bytes, high << 4, reader);
        return [.. bytes];
    }

    public static int Hex(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    /// <summary>-1: a line continued.</summary>
    private static int ReadEscape(PdfReader reader)
    {
        var c = reader.Source[reader.Position++];
        switch (c)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '\n':
                return -1;
            case '\r':
                if (reader.Source[reader.Position] == '\n')
                    reader.Position++;
                return -1;
            case >= '0' and <= '7':
                var octal = c - '0';
                for (var i = 0; i < 2 && reader.Source[reader.Position] is >= '0' and <= '7' and var digit; i++)
                {
                    octal = (octal << 3) | (digit - '0');
                    reader.Position++;
                }

                return octal & 0xFF;
            default:
                return c;
        }
    }

    private static void Add(List<byte> bytes, int value, PdfReader reader)
    {
        if (bytes.Count == PdfLimits.StringLength)
            throw new PdfLimitException(Reasons.BadStructure, reader.Position);
        bytes.Add((byte)value);
    }
}
