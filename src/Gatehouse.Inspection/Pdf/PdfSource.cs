using System.Buffers;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Bytes at any offset, through one pooled window.</summary>
internal sealed class PdfSource : IDisposable
{
    private const int WindowLength = 32 * 1024;

    /// <summary>Steps back, over a number or to a keyword's start, stay in the window.</summary>
    private const int Before = 256;

    /// <summary>Longer than the names and numbers of almost every file.</summary>
    private const int LeastAhead = 64;

    private readonly IFileContent? _file;
    private readonly byte[] _window;
    private long _start;
    private int _count;

    public PdfSource(IFileContent file, PdfBudget budget)
    {
        Budget = budget;
        _file = file;
        Length = file.Length;
        _window = ArrayPool<byte>.Shared.Rent((int)Math.Min(WindowLength, Math.Max(Length, 16)));
    }

    public PdfSource(byte[] decoded, PdfBudget budget)
    {
        Budget = budget;
        _window = decoded;
        _count = decoded.Length;
        Length = decoded.Length;
    }

    public long Length { get; }

    public PdfNames Names { get; } = new();

    public PdfBudget Budget { get; }

    /// <summary>-1 outside the file.</summary>
    public int this[long offset]
    {
        get
        {
            var at = offset - _start;
            if ((ulong)at < (ulong)_count)
                return _window[(int)at];
            return Slide(offset) ? _window[(int)(offset - _start)] : -1;
        }
    }

    /// <summary>What the window holds from an offset on: some dozens of bytes at least, unless the file ends before.</summary>
    public ReadOnlySpan<byte> Ahead(long offset)
    {
        var at = offset - _start;
        if ((ulong)at >= (ulong)_count || (_count - at < LeastAhead && _start + _count < Length))
        {
            if (!Slide(offset))
                return at >= 0 && at < _count ? _window.AsSpan((int)at, _count - (int)at) : default;
            at = offset - _start;
        }

        return _window.AsSpan((int)at, _count - (int)at);
    }

    public bool Matches(long offset, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (this[offset + i] != word[i])
                return false;
        }

        return true;
    }

    /// <summary>The first place in <c>[from, to)</c> where <paramref name="word"/> stands whole; -1: none.</summary>
    public long Find(long from, ReadOnlySpan<byte> word, long to)
    {
        for (; from <= to - word.Length; from++)
        {
            if (Matches(from, word))
                return from;
        }

        return -1;
    }

    /// <summary>The first place at or after <paramref name="from"/> where <paramref name="word"/> stands; -1: none.</summary>
    public long Find(long from, ReadOnlySpan<byte> word)
    {
        while (from <= Length - word.Length && this[from] >= 0)
        {
            var rest = _window.AsSpan((int)(from - _start), _count - (int)(from - _start));
            var found = rest.IndexOf(word);
            if (found >= 0)
                return from + found;
            if (_start + _count >= Length)
                return -1;
            // Where the word may straddle the window's end.
            from += Math.Max(1, rest.Length - word.Length + 1);
            if (from + word.Length > _start + _count)
                Slide(from);
        }

        return -1;
    }

    /// <summary>The last place before the end where <paramref name="word"/> stands, among so many bytes; -1: none.</summary>
    public long FindLast(ReadOnlySpan<byte> word, int among)
    {
        long last = -1;
        for (var at = Math.Max(0, Length - among); Find(at, word) is var found and >= 0; at = found + 1)
            last = found;
        return last;
    }

    public int Read(long offset, Span<byte> into)
    {
        if (_file is not null)
            return _file.ReadAt(offset, into);
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        _window.AsSpan((int)offset, count).CopyTo(into);
        return count;
    }

    public void Dispose()
    {
        if (_file is not null)
            ArrayPool<byte>.Shared.Return(_window);
    }

    private bool Slide(long offset)
    {
        if (_file is null || offset < 0 || offset >= Length)
            return false;
        Budget.Spend(PdfLimits.SlideCost, offset);
        _start = Math.Max(0, offset - Before);
        _count = 0;
        while (_count < _window.Length && _file.ReadAt(_start + _count, _window.AsSpan(_count)) is var read and > 0)
            _count += read;
        return offset < _start + _count;
    }
}
