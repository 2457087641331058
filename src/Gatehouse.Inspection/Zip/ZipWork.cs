namespace Gatehouse.Inspection.Zip;

/// <summary>What one file's inspection may cost, over all archives in it.</summary>
internal sealed class ZipWork(long limit, CancellationToken cancellationToken)
{
    private long _done;

    public CancellationToken CancellationToken => cancellationToken;

    public void Add(long bytes, long at)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _done += bytes;
        if (_done > limit)
            throw ZipStops.Expands(at);
    }
}
