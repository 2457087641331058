namespace Gatehouse.Inspection.Compression;

/// <summary>
/// Deflate (RFC 1951), pushed in pieces of any size. What it inflates goes to the sink in order and is not kept beyond the format's 32 KB window;
/// stored blocks go straight from the input to the sink.
/// </summary>
internal sealed partial class Inflater(IInflateSink sink) : IDisposable
{
    private enum Step
    {
        BlockHeader,
        StoredLength,
        StoredData,
        CodeCounts,
        CodeLengthCodes,
        CodeLengths,
        Symbols,
        Ended,
    }

    private readonly InflateWindow _window = new(sink);
    private Step _step;
    private bool _isFinalBlock;
    private int _storedLeft;
    private ulong _bits;
    private int _bitCount;

    /// <summary>Takes what it can of <paramref name="input"/> and moves it on; at the stream's end the rest is left in it.</summary>
    public InflateStatus Inflate(ref ReadOnlySpan<byte> input)
    {
        var source = new BitSource(input, _bits, _bitCount);
        var status = Run(ref source);
        if (status == InflateStatus.Ended)
            source.Align();
        _bits = source.Bits;
        _bitCount = source.Count;
        input = source.Rest;
        return status;
    }

    /// <summary>Bytes behind the stream's end that were taken with an earlier piece; -1: none.</summary>
    public int TakeLeftover()
    {
        if (_bitCount < 8)
            return -1;
        var value = (byte)_bits;
        _bits >>= 8;
        _bitCount -= 8;
        return value;
    }

    public void Dispose()
    {
        _window.Dispose();
        ReturnTables();
    }

    private InflateStatus Run(ref BitSource source)
    {
        while (true)
        {
            if (_step is Step.Ended)
                return _window.Flush() ? InflateStatus.Ended : InflateStatus.Stopped;
            var status = _step switch
            {
                Step.BlockHeader => ReadBlockHeader(ref source),
                Step.StoredLength => ReadStoredLength(ref source),
                Step.StoredData => CopyStored(ref source),
                Step.CodeCounts => ReadCodeCounts(ref source),
                Step.CodeLengthCodes => ReadCodeLengthCodes(ref source),
                Step.CodeLengths => ReadCodeLengths(ref source),
                _ => ReadSymbols(ref source),
            };
            if (status is { } stop)
                return stop;
        }
    }

    private InflateStatus? ReadBlockHeader(ref BitSource source)
    {
        if (_isFinalBlock)
        {
            _step = Step.Ended;
            return null;
        }

        source.Refill();
        if (source.Count < 3)
            return InflateStatus.NeedsInput;
        _isFinalBlock = source.Take(1) == 1;
        switch (source.Take(2))
        {
            case 0:
                source.Align();
                _step = Step.StoredLength;
                return null;
            case 1:
                UseFixedCodes();
                _step = Step.Symbols;
                return null;
            case 2:
                _step = Step.CodeCounts;
                return null;
            default:
                return InflateStatus.Damaged;
        }
    }

    /// <summary>The length, and its complement (RFC 1951, 3.2.4).</summary>
    private InflateStatus? ReadStoredLength(ref BitSource source)
    {
        source.Refill();
        if (source.Count < 32)
            return InflateStatus.NeedsInput;
        _storedLeft = (int)source.Take(16);
        if (source.Take(16) != (~(uint)_storedLeft & 0xFFFF))
            return InflateStatus.Damaged;
        source.Align();
        _step = Step.StoredData;
        return null;
    }

    private InflateStatus? CopyStored(ref BitSource source)
    {
        while (_storedLeft > 0 && source.Count >= 8)
        {
            if (!_window.Store([(byte)source.Take(8)], isLast: false))
                return InflateStatus.Stopped;
            _storedLeft--;
        }

        var data = source.Rest;
        data = data[..Math.Min(data.Length, _storedLeft)];
        if (!data.IsEmpty)
        {
            _storedLeft -= data.Length;
            source.Position += data.Length;
            if (!_window.Store(data, isLast: _storedLeft == 0 && (_isFinalBlock || FillsWindow(source.Rest))))
                return InflateStatus.Stopped;
        }

        if (_storedLeft > 0)
            return InflateStatus.NeedsInput;
        _step = Step.BlockHeader;
        return null;
    }

    /// <summary>Whether a whole stored block follows that alone replaces the window, so that nothing before it can be referred to.</summary>
    private static bool FillsWindow(ReadOnlySpan<byte> next)
    {
        if (next.Length < 5 || (next[0] & 0b110) != 0)
            return false;
        var length = next[1] | (next[2] << 8);
        return length >= InflateWindow.Size && next.Length - 5 >= length;
    }
}
