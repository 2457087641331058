using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Multipart;

/// <summary>
/// The multipart grammar as a machine that is fed spans of any length and never goes back: a delimiter cut in two by the reads is known by how many of its bytes were seen,
/// so no byte of a file is copied or looked at twice.
/// </summary>
internal sealed class FormParser(byte[] delimiter, FormLimits limits, IFormSink sink) : IDisposable
{
    private const string AfterBareLineFeed = "a boundary follows a bare LF.";

    private enum State
    {
        Preamble,
        AfterDelimiter,
        Headers,
        Content,
        Epilogue,
    }

    private readonly PartHeaders _headers = new(limits);
    private readonly PartContent _content = new(limits, sink);
    private State _state = State.Preamble;

    // A body begins as if its first line end had been seen: the first delimiter needs none.
    private int _matched = 2;

    // Where in the delimiter the match began: 0 with its CR, 1 with a bare LF, 2 with the hyphens, right after the headers.
    private int _start;
    private int _blank;
    private int _part;
    private long _offset;
    private byte _first;

    /// <summary>Set when the file's headers are complete: the caller tells the sink, then goes on with <see cref="Consume"/>.</summary>
    public FilePart? FileBegins { get; private set; }

    /// <summary>Takes bytes until they are used up, a file begins, or something is wrong.</summary>
    public Problem? Consume(ref ReadOnlySpan<byte> bytes)
    {
        FileBegins = null;
        while (!bytes.IsEmpty && FileBegins is null)
        {
            var before = bytes.Length;
            var problem = _state switch
            {
                State.Preamble => Preamble(ref bytes),
                State.AfterDelimiter => AfterDelimiter(ref bytes),
                State.Headers => Headers(ref bytes),
                State.Content => Content(ref bytes),
                _ => Epilogue(ref bytes),
            };
            _offset += before - bytes.Length;
            if (problem is not null) return problem;
        }
        return null;
    }

    /// <summary>The body has ended: was it whole, and did it hold a file?</summary>
    public Problem? Complete()
    {
        if (_state == State.Preamble && _blank == 0 && _matched == 2)
            return new(ProblemCodes.FileMissing) { Detail = "The request's body is empty.", Field = FormFields.File };
        if (_state != State.Epilogue) return Wrong("the body ends before the final boundary.");
        return _blank % 2 != 0 ? Wrong("the body ends in a bare CR.") : _content.Complete();
    }

    public void Dispose()
    {
        _headers.Dispose();
        _content.Dispose();
    }

    private Problem? Preamble(ref ReadOnlySpan<byte> bytes)
    {
        var b = bytes[0];
        bytes = bytes[1..];
        if (b == delimiter[_matched])
        {
            if (++_matched == delimiter.Length) EnterAfterDelimiter();
            return null;
        }
        if (_matched != 2 || b != '\r') return Wrong("the body does not begin with the boundary.");
        if ((_blank += 2) > limits.MaxBlankBytes) return Wrong("there are too many empty lines before the first boundary.");
        _matched = 1;
        return null;
    }

    private void EnterAfterDelimiter()
    {
        _state = State.AfterDelimiter;
        (_matched, _start, _first) = (0, 0, 0);
    }

    private Problem? AfterDelimiter(ref ReadOnlySpan<byte> bytes)
    {
        var b = bytes[0];
        bytes = bytes[1..];
        switch ((_first, b))
        {
            case (0, (byte)'-' or (byte)'\r'):
                _first = b;
                return null;
            case ((byte)'-', (byte)'-'):
                _state = State.Epilogue;
                _blank = 0;
                return null;
            case ((byte)'\r', (byte)'\n'):
                _state = State.Headers;
                _part++;
                _headers.Reset();
                return null;
            case (0, (byte)'\n'):
                return Wrong("a boundary line ends in a bare LF.");
            default:
                return Wrong("a line begins with the boundary but goes on after it.");
        }
    }

    private Problem? Headers(ref ReadOnlySpan<byte> bytes)
    {
        if (_headers.Take(ref bytes, out var done) is { } wrong) return Wrong(wrong);
        if (!done) return null;
        _state = State.Content;
        (_matched, _start) = (2, 2);
        var problem = _content.Begin(_headers, out var file);
        FileBegins = file;
        return problem is null ? null : Placed(problem);
    }

    private Problem? Content(ref ReadOnlySpan<byte> bytes)
    {
        if (_matched > 0) return GoOn(ref bytes);

        // Searched without its CR, so that a delimiter after a bare LF is seen: other readers take it for one.
        var bare = delimiter.AsSpan(1);
        var at = bytes.IndexOf(bare);
        if (at >= 0)
        {
            var whole = at > 0 && bytes[at - 1] == '\r';
            var before = bytes[..(whole ? at - 1 : at)];
            bytes = bytes[(at + bare.Length)..];
            if (!before.IsEmpty && _content.Write(before) is { } refused) return Placed(refused);
            return whole ? EndPart() : Wrong(AfterBareLineFeed);
        }
        var content = bytes[..^HoldBack(bytes)];
        bytes = default;
        return content.IsEmpty ? null : Placed(_content.Write(content));
    }

    /// <summary>A delimiter may have begun in the bytes before these.</summary>
    private Problem? GoOn(ref ReadOnlySpan<byte> bytes)
    {
        var rest = delimiter.AsSpan(_matched);
        var common = bytes.CommonPrefixLength(rest);
        var differs = common < rest.Length && common < bytes.Length;
        bytes = bytes[common..];
        _matched += common;
        if (_matched == delimiter.Length)
            return _start switch
            {
                0 => EndPart(),
                1 => Wrong(AfterBareLineFeed),
                _ => Wrong("a boundary follows the headers without a line end of its own."),
            };
        if (!differs) return null;

        // It was content after all. A line end is nowhere in a delimiter but at its beginning, so no other can have begun inside.
        var seen = delimiter.AsSpan(_start.._matched);
        (_matched, _start) = (0, 0);
        return seen.IsEmpty ? null : Placed(_content.Write(seen));
    }

    /// <summary>How many bytes at the end may begin a delimiter: kept back, not as bytes, but as their number.</summary>
    private int HoldBack(ReadOnlySpan<byte> bytes)
    {
        var tail = bytes.Length > delimiter.Length ? bytes[^delimiter.Length..] : bytes;
        var at = tail.LastIndexOfAny((byte)'\r', (byte)'\n');
        if (at < 0) return 0;
        if (tail[at] == '\n' && at > 0 && tail[at - 1] == '\r') at--;
        var start = tail[at] == '\n' ? 1 : 0;
        if (!delimiter.AsSpan(start).StartsWith(tail[at..])) return 0;
        (_matched, _start) = (tail.Length - at + start, start);
        return tail.Length - at;
    }

    private Problem? EndPart()
    {
        EnterAfterDelimiter();
        return Placed(_content.End());
    }

    private Problem? Epilogue(ref ReadOnlySpan<byte> bytes)
    {
        var b = bytes[0];
        bytes = bytes[1..];
        if (b != (_blank % 2 == 0 ? '\r' : '\n')) return Wrong("after the final boundary comes more than line ends.");
        return ++_blank > limits.MaxBlankBytes ? Wrong("there are too many empty lines after the final boundary.") : null;
    }

    private Problem Wrong(string what) => Placed(Problem.Malformed(what))!;

    /// <summary>Puts the place before a malformation's sentence.</summary>
    private Problem? Placed(Problem? problem) => problem is { Detail: { } detail } && ReferenceEquals(problem.Code, ProblemCodes.MultipartInvalid) && !detail.StartsWith("Part ", StringComparison.Ordinal)
        ? problem with { Detail = FormattableString.Invariant($"Part {_part}, near byte {_offset} of the body: {detail}") }
        : problem;
}
