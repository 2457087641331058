namespace Gatehouse.Inspection.Compression;

/// <summary>A zlib stream (RFC 1950): two bytes of header, deflate, the Adler-32 of what it inflates to.</summary>
internal sealed class ZlibInflater : IInflateSink, IDisposable
{
    private const int HeaderLength = 2;
    private const int TrailerLength = 4;

    private readonly IInflateSink _sink;
    private readonly Inflater _inflater;
    private uint _header;
    private int _headerRead;
    private uint _adler = Adler32.Initial;
    private uint _declaredAdler;
    private int _trailerRead;
    private bool _isInflated;

    public ZlibInflater(IInflateSink sink)
    {
        _sink = sink;
        _inflater = new Inflater(this);
    }

    public bool HasEnded => _trailerRead == TrailerLength;

    /// <summary>All data came; of the checksum perhaps not.</summary>
    public bool IsInflated => _isInflated;

    /// <summary>Takes what it can of <paramref name="input"/> and moves it on; behind the stream's end the rest is left in it.</summary>
    public InflateStatus Inflate(ref ReadOnlySpan<byte> input)
    {
        for (; _headerRead < HeaderLength; _headerRead++)
        {
            if (input.IsEmpty)
                return InflateStatus.NeedsInput;
            _header = (_header << 8) | input[0];
            input = input[1..];
        }

        if (!IsHeader(_header))
            return InflateStatus.Damaged;
        if (!_isInflated)
        {
            var status = _inflater.Inflate(ref input);
            if (status != InflateStatus.Ended)
                return status;
            _isInflated = true;
        }

        return ReadTrailer(ref input);
    }

    bool IInflateSink.Take(ReadOnlySpan<byte> bytes)
    {
        _adler = Adler32.Update(_adler, bytes);
        return _sink.Take(bytes);
    }

    public void Dispose() => _inflater.Dispose();

    /// <summary>Deflate, a window of at most 32 KB, no preset dictionary, a multiple of 31 (RFC 1950, 2.2).</summary>
    private static bool IsHeader(uint header) => (header & 0x0F00) == 0x0800 && (header >> 12) <= 7 && (header & 0x20) == 0 && header % 31 == 0;

    private InflateStatus ReadTrailer(ref ReadOnlySpan<byte> input)
    {
        for (; _trailerRead < TrailerLength; _trailerRead++)
        {
            var next = _inflater.TakeLeftover();
            if (next < 0)
            {
                if (input.IsEmpty)
                    return InflateStatus.NeedsInput;
                next = input[0];
                input = input[1..];
            }

            _declaredAdler = (_declaredAdler << 8) | (uint)next;
        }

        return _declaredAdler == _adler ? InflateStatus.Ended : InflateStatus.WrongChecksum;
    }
}
