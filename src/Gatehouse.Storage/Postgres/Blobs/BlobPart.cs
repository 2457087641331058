using Gatehouse.Actors;

namespace Gatehouse.Storage.Postgres;

/// <summary>A stretch of a file, read as it is sent: a blob on its way into the database is never in memory as a whole.</summary>
internal sealed class BlobPart(FileBytes file, long start, int length) : Stream
{
    private int _read;

    public override bool CanRead => true;

    /// <summary>Asked by the driver, which sends a value's length before the value.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = file.ReadAt(start + _read, buffer[..Math.Min(buffer.Length, length - _read)]);
        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await file.ReadAtAsync(start + _read, buffer[..Math.Min(buffer.Length, length - _read)], cancellationToken);
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
