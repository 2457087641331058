namespace Gatehouse.Inspection.Compression;

/// <summary>What a short zlib stream inflates to, whole, up to a limit; pooled, and used again for the next.</summary>
internal sealed class InflatedText : IInflateSink, IDisposable
{
    private readonly PooledBytes _bytes = new();
    private int _limit;

    public ReadOnlySpan<byte> Bytes => _bytes.Bytes;

    /// <summary>
    /// <see cref="InflateStatus.Stopped"/>: it would be longer than <paramref name="limit"/>. What is behind its end is left in <paramref name="data"/>. A missing
    /// checksum is forgiven, as readers do: all that it would cover has come.
    /// </summary>
    public InflateStatus Inflate(ref ReadOnlySpan<byte> data, int limit)
    {
        _bytes.Clear();
        _limit = limit;
        using var zlib = new ZlibInflater(this);
        var status = zlib.Inflate(ref data);
        return status == InflateStatus.NeedsInput && zlib.IsInflated ? InflateStatus.Ended : status;
    }

    bool IInflateSink.Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _limit - _bytes.Length)
            return false;
        _bytes.Add(bytes);
        return true;
    }

    public void Dispose() => _bytes.Dispose();
}
