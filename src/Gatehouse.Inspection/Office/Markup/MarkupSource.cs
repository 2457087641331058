using System.Buffers;
using System.Text;

namespace Gatehouse.Inspection.Office.Markup;

/// <summary>
/// A part's characters as they are decoded: UTF-8 or UTF-16 (ECMA-376 part 2, 6.2.5), by mark, by first bytes (XML 1.0, appendix F) or as the declaration
/// says, in pooled memory that keeps no more than what is being read. Every one of them is a character of XML (2.2).
/// </summary>
internal sealed class MarkupSource(Stream part) : IDisposable
{
    private const int Piece = 16 * 1024;

    /// <summary>What may not stand anywhere; half characters are none for a decoder either.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c)]);

    private readonly PooledChars _chars = new();
    private readonly PooledBytes _bytes = new();
    private Encoding _encoding = MarkupEncodings.Utf8;
    private Decoder? _decoder;
    private int _taken;
    private bool _hasMark;
    private bool _hasStarted;
    private bool _isDeclared;
    private bool _hasEnded;
    private bool _isBroken;

    /// <summary>What has been decoded and not dropped.</summary>
    public ReadOnlySpan<char> Text => _chars.Text;

    /// <summary>The character at a place, or 0 behind the end.</summary>
    public char this[int at]
    {
        get
        {
            while (at >= _chars.Length)
            {
                if (!More())
                    return '\0';
            }

            return _chars.Text[at];
        }
    }

    /// <summary>Forgets what has been read.</summary>
    public void Drop(int count) => _chars.DropFirst(count);

    /// <summary>Decodes more; false: there is none.</summary>
    public bool More()
    {
        if (!_hasStarted)
            Start();
        while (true)
        {
            if (_isBroken)
                throw new MarkupException();
            if (_taken == _bytes.Length)
                Fill();
            if (_hasEnded && _taken == _bytes.Length)
                return Finish();
            if (Decode() > 0)
                return true;
        }
    }

    /// <summary>The declaration has been read up to a place, and named an encoding or none; what follows is decoded by it.</summary>
    public void Declare(int at, ReadOnlySpan<char> name)
    {
        if (_isDeclared)
            return;
        _isDeclared = true;
        var declared = MarkupEncodings.Declared(name, _encoding, _hasMark);
        if (ReferenceEquals(declared, _encoding))
            return;
        // All before the first byte that is no ASCII was decoded so far, a byte a character.
        _taken -= _chars.Length - at;
        _chars.KeepFirst(at);
        (_encoding, _decoder) = (declared, declared.GetDecoder());
    }

    public void Dispose()
    {
        _chars.Dispose();
        _bytes.Dispose();
    }

    private void Start()
    {
        _hasStarted = true;
        Fill();
        (_encoding, var mark) = MarkupEncodings.Detect(_bytes.Bytes);
        _hasMark = mark > 0;
        _taken = mark;
        _decoder = _encoding.GetDecoder();
    }

    private void Fill()
    {
        _bytes.Clear();
        _taken = 0;
        var read = part.ReadAtLeast(_bytes.Extend(Piece), MarkupEncodings.LongestMark, throwOnEndOfStream: false);
        _bytes.KeepFirst(read);
        _hasEnded = read == 0;
    }

    /// <summary>How many characters came of it; what is behind the first that is none of XML's is not looked at.</summary>
    private int Decode()
    {
        var bytes = _bytes.Bytes[_taken..];
        if (!_isDeclared && ReferenceEquals(_encoding, MarkupEncodings.Utf8) && bytes.IndexOfAnyExceptInRange((byte)0, (byte)127) is var plain and > 0)
            bytes = bytes[..plain];
        _taken += bytes.Length;
        var before = _chars.Length;
        Convert(bytes, isEnd: false);
        var fresh = _chars.Text[before..];
        var (control, none) = (fresh.IndexOfAny(Controls), fresh.IndexOfAnyInRange('\uFFFE', '\uFFFF'));
        if (control >= 0 || none >= 0)
        {
            _isBroken = true;
            _chars.KeepFirst(before + (int)Math.Min((uint)control, (uint)none));
        }

        return _chars.Length - before;
    }

    private bool Finish()
    {
        if (_decoder is null)
            return false;
        Convert([], isEnd: true);
        _decoder = null;
        return false;
    }

    private void Convert(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var before = _chars.Length;
        try
        {
            var room = _chars.Extend(_encoding.GetMaxCharCount(bytes.Length));
            _chars.KeepFirst(before + _decoder!.GetChars(bytes, room, isEnd));
        }
        catch (DecoderFallbackException)
        {
            _chars.KeepFirst(before);
            throw new MarkupException();
        }
    }
}
