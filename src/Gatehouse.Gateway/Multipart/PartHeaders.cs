using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Gatehouse.Gateway.Multipart;

/// <summary>A part's headers, taken line by line as they arrive and judged at once. One object reads all parts of a form in turn.</summary>
internal sealed class PartHeaders(FormLimits limits) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(limits.MaxHeaderBytes);
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private int _length;
    private int _lineStart;

    public Disposition? Disposition { get; private set; }

    /// <summary>The bare type, lower-cased.</summary>
    public string? MediaType { get; private set; }

    public string? Charset { get; private set; }

    /// <summary>How many bytes the part says it has (older OkHttp does); null when it does not say.</summary>
    public long? DeclaredLength { get; private set; }

    /// <summary>Makes ready for the next part.</summary>
    public void Reset()
    {
        _seen.Clear();
        (_length, _lineStart) = (0, 0);
        (Disposition, MediaType, Charset, DeclaredLength) = (null, null, null, null);
    }

    /// <summary>Takes bytes up to and with the empty line. <paramref name="done"/>: it was met. Returns what is wrong, or null.</summary>
    public string? Take(ref ReadOnlySpan<byte> bytes, out bool done)
    {
        done = false;
        while (!bytes.IsEmpty)
        {
            var lineFeed = bytes.IndexOf((byte)'\n');
            var piece = lineFeed < 0 ? bytes : bytes[..(lineFeed + 1)];
            if (_length + piece.Length > limits.MaxHeaderBytes) return $"the headers have more than {limits.MaxHeaderBytes} bytes.";
            piece.CopyTo(_buffer.AsSpan(_length));
            _length += piece.Length;
            bytes = bytes[piece.Length..];
            if (lineFeed < 0) return null;

            var line = _buffer.AsSpan(_lineStart, _length - _lineStart);
            _lineStart = _length;
            if (line is not [.., (byte)'\r', (byte)'\n']) return "a header line ends in a bare LF.";
            if (line.Length == 2)
            {
                done = true;
                return Disposition is null ? "Content-Disposition is missing." : null;
            }
            if (Read(line[..^2]) is { } problem) return problem;
        }
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private string? Read(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t') return "a header is folded over two lines.";
        foreach (var b in line)
        {
            if (b is (byte)'\r') return "a header holds a bare CR.";
            if (b is 0) return "a header holds a NUL.";
            if (b is < 0x20 and not (byte)'\t' or 0x7F) return "a header holds a control character.";
        }
        if (!Utf8.IsValid(line)) return "a header is not valid UTF-8.";
        var text = Encoding.UTF8.GetString(line);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !Token.Is(text.AsSpan(0, colon))) return "a header line has no sound name before its colon.";
        var name = text[..colon];
        if (_seen.Count == limits.MaxHeaders) return $"there are more than {limits.MaxHeaders} headers.";
        if (!_seen.Add(name)) return $"the header {name} is given twice.";
        return Judge(name, text[(colon + 1)..].Trim(' ', '\t'));
    }

    private string? Judge(string name, string value)
    {
        switch (name.ToLowerInvariant())
        {
            case "content-disposition":
                Disposition = Disposition.Parse(value, out var problem);
                return problem.Length > 0 ? problem : null;
            case "content-type":
                return ReadType(value);
            case "content-length":
                if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return "Content-Length is no number.";
                DeclaredLength = length;
                return null;
            case "content-transfer-encoding":
                // RFC 7578, section 4.7 lets no form use another.
                return value.ToLowerInvariant() is "7bit" or "8bit" or "binary" ? null : "Content-Transfer-Encoding must be 7bit, 8bit or binary.";
            case "content-encoding" or "transfer-encoding":
                return $"{name} is not accepted in a part.";
            default:
                return null;
        }
    }

    private string? ReadType(string value)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? value : value[..semicolon]).TrimEnd(' ', '\t').ToLowerInvariant();
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !Token.Is(type.AsSpan(0, slash)) || !Token.Is(type.AsSpan(slash + 1))) return "Content-Type is no media type.";
        if (type.StartsWith("multipart/", StringComparison.Ordinal)) return "a multipart inside the form is not accepted.";
        var parameters = ParameterList.Parse(semicolon < 0 ? "" : value.AsSpan(semicolon));
        if (parameters.Problem is { } problem) return $"Content-Type: {problem}";
        MediaType = type;
        Charset = parameters.Find("charset")?.ToLowerInvariant();
        return null;
    }
}
