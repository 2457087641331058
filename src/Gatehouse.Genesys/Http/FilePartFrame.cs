using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Genesys;

/// <summary>
/// What stands around a file in a <c>multipart/form-data</c> body (RFC 7578) of one part. The name is given in ASCII, with quotes and line breaks escaped as browsers do (WHATWG: <c>%22</c>, <c>%0D</c>, <c>%0A</c>);
/// where that loses something, <c>filename*</c> (RFC 6266, RFC 8187) carries it whole.
/// </summary>
internal sealed class FilePartFrame
{
    private const string Field = "file";

    private FilePartFrame(string boundary, string filename, string mime, string? charset)
    {
        var exact = IsExact(filename);
        var head = new StringBuilder(256)
            .Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(Field).Append("\"; filename=\"");
        AppendPlain(head, filename);
        head.Append('"');
        if (!exact) head.Append("; filename*=UTF-8''").Append(Uri.EscapeDataString(filename));
        head.Append("\r\nContent-Type: ").Append(mime);
        if (charset is not null) head.Append("; charset=").Append(charset);
        Head = Encoding.ASCII.GetBytes(head.Append("\r\n\r\n").ToString());
        Tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        ContentType = $"multipart/form-data; boundary={boundary}";
    }

    public ReadOnlyMemory<byte> Head { get; }

    public ReadOnlyMemory<byte> Tail { get; }

    public string ContentType { get; }

    /// <summary>The boundary is 128 random bits, made after the file was received: no file can hold it on purpose.</summary>
    public static FilePartFrame Create(string filename, string mime, string? charset) =>
        new("gatehouse-" + RandomNumberGenerator.GetHexString(32, lowercase: true), filename, Token(mime), charset is null ? null : Token(charset));

    private static bool IsExact(string filename)
    {
        foreach (var c in filename)
        {
            if (c is < ' ' or > '~' or '"' or '\\' or '%') return false;
        }
        return true;
    }

    private static void AppendPlain(StringBuilder head, string filename)
    {
        foreach (var rune in filename.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => head.Append("%22"),
                '\r' => head.Append("%0D"),
                '\n' => head.Append("%0A"),
                // A backslash starts a quoted pair to some readers and is itself to others.
                '\\' or < ' ' or > '~' => head.Append('_'),
                _ => head.Append((char)rune.Value),
            };
        }
    }

    /// <summary>A type or charset as detected; whatever it is, it cannot start another header line.</summary>
    private static string Token(string value)
    {
        foreach (var c in value)
        {
            if (c is <= ' ' or > '~' or ';' or '"' or ',') throw new ArgumentException($"\"{value}\" is no bare MIME type or charset.", nameof(value));
        }
        return value;
    }
}
