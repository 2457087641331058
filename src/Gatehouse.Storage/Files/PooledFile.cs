using System.Buffers;
using Gatehouse.Actors;

namespace Gatehouse.Storage;

/// <summary>A small file read from a store, in pooled segments.</summary>
internal sealed class PooledFile : FileBytes
{
    private readonly PooledSegments _segments = new();

    public PooledFile(ReadOnlySpan<byte> bytes) => _segments.Append(bytes);

    private PooledFile()
    {
    }

    public override long Length => _segments.Length;

    public override bool TryGetMemory(out ReadOnlySequence<byte> memory)
    {
        memory = _segments.AsSequence();
        return true;
    }

    public override int ReadAt(long offset, Span<byte> into) => _segments.ReadAt(offset, into);

    /// <summary>To the stream's end.</summary>
    public static async ValueTask<PooledFile> ReadAsync(Stream bytes, CancellationToken cancellationToken)
    {
        var file = new PooledFile();
        var piece = ArrayPool<byte>.Shared.Rent(PooledSegments.SegmentLength);
        try
        {
            for (int read; (read = await bytes.ReadAsync(piece, cancellationToken)) > 0;) file._segments.Append(piece.AsSpan(0, read));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _segments.Dispose();
    }
}
