namespace Gatehouse.Storage.Objects;

/// <summary>
/// How many bytes an object store holds: what its last whole listing found, kept true to what this node did since. Every sweep lists, so what other nodes put is seen within one sweep's time; a listing for the
/// count alone would be paid for by the thousand.
/// </summary>
internal sealed class CountedBytes
{
    private long _bytes;

    public long Bytes => Volatile.Read(ref _bytes);

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public Listing Begin() => new(this, Bytes);

    /// <summary>One listing from its beginning to its end.</summary>
    internal sealed class Listing(CountedBytes counted, long before)
    {
        private long _found;

        public void Found(long bytes) => _found += bytes;

        /// <summary>What this node did meanwhile may be in it or not: the next listing tells.</summary>
        public void End() => counted.Add(_found - before);
    }
}
