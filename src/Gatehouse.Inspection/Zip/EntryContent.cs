namespace Gatehouse.Inspection.Zip;

/// <summary>
/// An entry that is a file with a structure of its own, readable at any offset: read on where it was, unpacked once more to step back. So nothing of it
/// is kept, and what that costs is bounded by <see cref="ZipWork"/>.
/// </summary>
internal sealed class EntryContent(ZipSource source, ZipEntry entry, long data, ZipWork work) : IFileContent, IDisposable
{
    private EntryStream? _stream;

    public long Length => entry.Unpacked;

    public int ReadAt(long offset, Span<byte> into)
    {
        if (offset >= Length)
            return 0;
        if (_stream is null || offset < _stream.Position)
        {
            _stream?.Dispose();
            _stream = new EntryStream(source, entry, data, work, ZipLimits.CostOfBytes);
        }

        Span<byte> skipped = stackalloc byte[4096];
        while (_stream.Position < offset)
            _stream.ReadExactly(skipped[..(int)Math.Min(skipped.Length, offset - _stream.Position)]);
        // All that is asked for: who looks for a signature takes less for its absence.
        return _stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    public void Dispose() => _stream?.Dispose();
}
