using System.Buffers;

namespace Gatehouse.Actors;

/// <summary>A received file's bytes, at rest: in pooled memory or in a spool file. Reads are safe from several threads; whoever holds it disposes it.</summary>
public abstract class FileBytes : IDisposable
{
    public abstract long Length { get; }

    /// <summary>The bytes, when they are in memory.</summary>
    public abstract bool TryGetMemory(out ReadOnlySequence<byte> memory);

    /// <summary>Reads at an offset; returns how many bytes were read, 0 at the end.</summary>
    public abstract int ReadAt(long offset, Span<byte> into);

    /// <summary>As <see cref="ReadAt"/>, for who can wait: bytes that lie behind a network come without holding a thread. Those of this machine are read at once.</summary>
    /// <exception cref="IOException">They could not be read; another try may.</exception>
    public virtual ValueTask<int> ReadAtAsync(long offset, Memory<byte> into, CancellationToken cancellationToken) => new(ReadAt(offset, into.Span));

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>Where files above the small-file size are kept until delivered. A blob's id is its upload's and is never shared.</summary>
public interface IBlobStore
{
    /// <summary>Keeps the bytes, durable on return (file and folder flushed). A spool file of this store's own volume is renamed, not copied; <paramref name="bytes"/> stays readable.</summary>
    ValueTask PutAsync(UploadId id, FileBytes bytes, CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Deletes; no error when there is none.</summary>
    ValueTask DeleteAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Blobs last written before a time, for the sweep of orphans.</summary>
    IAsyncEnumerable<UploadId> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken);

    /// <summary>Bytes held, files of the spool included.</summary>
    long StoredBytes { get; }
}

/// <summary>Files to 256 KB: rows beside the state, written in the turn's own commit (<see cref="FileKept"/>).</summary>
public interface ISmallFiles
{
    /// <summary>Null when there is none.</summary>
    ValueTask<FileBytes?> OpenAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Bytes of all files of at most <paramref name="smallFileBytes"/> that are kept, as the uploads' rows tell.</summary>
    ValueTask<long> BytesAsync(long smallFileBytes, CancellationToken cancellationToken);
}
