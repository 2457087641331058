using System.Buffers;
using Gatehouse.Inspection.Text.Charsets;

namespace Gatehouse.Inspection.Text;

/// <summary>
/// Plain text: bytes that decode to their end in a known charset, hold no control characters, and are neither markup nor a program nor the cover of
/// another format. Memory: one pooled window, whatever the file's size; it is judged when it is full, so the answer does not hang on how the file was cut.
/// </summary>
public sealed class TextValidator : IValidator
{
    /// <summary>In first-level cache while every check passes over it.</summary>
    private const int WindowLength = 16 * 1024;

    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(WindowLength);
    private readonly TextJudge _judge = new();
    private ByteOrder _order;
    private readonly RawMarks _raw = new();
    private Utf16Reader? _utf16;
    private int _length;
    private long _windowStart;
    private bool _started;
    private bool _ended;
    private Verdict.Refuse? _undecodable;
    private Verdict.Refuse? _refusal;

    private enum ByteOrder
    {
        None,
        Utf8Mark,
        Utf16,
    }

    /// <summary>Text has no signature: it matches whatever nothing else does.</summary>
    public static ValidatorEntry Entry { get; } = new("text/plain", static _ => true, static _ => new TextValidator());

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        while (_refusal is null && !bytes.IsEmpty)
        {
            bytes = bytes[Take(bytes)..];
            if (_started || TryStart(isFinal: false))
                JudgeTaken();
        }

        return _refusal;
    }

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        if (_refusal is null && !_started)
            TryStart(isFinal: true);
        _refusal ??= Judge(isFinal: true) ?? _utf16?.End() ?? (_raw.Found < 0 ? null : TextRefusals.Script("text/x-php", "a PHP program", _raw.Found));
        if (_refusal is not null)
            return _refusal;
        var charset = _order switch
        {
            ByteOrder.Utf16 => "utf-16",
            ByteOrder.Utf8Mark when _judge.Encoding.IsUtf8 => "utf-8",
            _ => _judge.Encoding.Name,
        };
        if (_judge.Encoding.IsCutShort)
            return TextRefusals.CutShort(file.Length);
        charset ??= LegacyCharset.Find(file, cancellationToken);
        return charset is null ? TextRefusals.UnknownEncoding() : new Verdict.Accept("text/plain", charset, []);
    }

    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        ArrayPool<byte>.Shared.Return(_window);
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        if (_utf16 is not null)
        {
            var read = _utf16.Read(bytes, _window.AsSpan(_length, WindowLength - _length), out var written, out _undecodable);
            _raw.Add(bytes[..read]);
            _length += written;
            return read;
        }

        var taken = Math.Min(bytes.Length, WindowLength - _length);
        bytes[..taken].CopyTo(_window.AsSpan(_length));
        _length += taken;
        return taken;
    }

    /// <summary>The byte order mark, once three bytes have come.</summary>
    private bool TryStart(bool isFinal)
    {
        if (_length < 3 && !isFinal)
            return false;
        _started = true;
        var first = _window.AsSpan(0, _length);
        if (first.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _order = ByteOrder.Utf8Mark;
            Drop(3);
        }
        else if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            _order = ByteOrder.Utf16;
            StartUtf16(first[2..].ToArray(), isBigEndian: first[0] == 0xFE);
        }

        return true;
    }

    /// <summary>What the window already holds (never more than it) goes through the transcoder instead.</summary>
    private void StartUtf16(byte[] held, bool isBigEndian)
    {
        _utf16 = new Utf16Reader(isBigEndian);
        _length = 0;
        _windowStart = 2;
        ReadOnlySpan<byte> rest = held;
        while (!rest.IsEmpty && _refusal is null)
        {
            rest = rest[Take(rest)..];
            JudgeTaken();
        }
    }

    /// <summary>What stands before bytes that are no characters is judged as if the text ended there.</summary>
    private void JudgeTaken()
    {
        if (_undecodable is not null)
            _refusal ??= Judge(isFinal: true) ?? _undecodable;
        else if (WindowLength - _length < (_utf16 is null ? 1 : Utf16Reader.LeastRoom))
            _refusal ??= Judge(isFinal: false);
    }

    /// <summary>Judges what is new in the window, then keeps only the overlap that the next bytes need.</summary>
    private Verdict.Refuse? Judge(bool isFinal)
    {
        var window = _window.AsSpan(0, _length);
        var found = _judge.Next(window, _windowStart, isFinal);
        if (found is not null && _utf16 is not null && found.Offset >= _windowStart)
            found = found with { Offset = _utf16.OffsetOf(window[(int)(found.Offset - _windowStart)..]) };
        if (!isFinal)
            Drop(_length - TextJudge.Overlap);
        return found;
    }

    private void Drop(int count)
    {
        _window.AsSpan(count, _length - count).CopyTo(_window);
        _length -= count;
        _windowStart += count;
        _judge.Slide(count);
    }
}
