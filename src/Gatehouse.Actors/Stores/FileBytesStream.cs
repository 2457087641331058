namespace Gatehouse.Actors;

/// <summary>A file, or a stretch of it, as a stream that reads as it is read: whatever takes a stream never has the whole in memory. The file stays its owner's to dispose.</summary>
public sealed class FileBytesStream(FileBytes file, long start, long length) : Stream
{
    private long _position;

    /// <summary>The whole file.</summary>
    public FileBytesStream(FileBytes file)
        : this(file, 0, file.Length)
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(Span<byte> buffer)
    {
        var count = file.ReadAt(start + _position, buffer[..Left(buffer.Length)]);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await file.ReadAtAsync(start + _position, buffer[..Left(buffer.Length)], cancellationToken);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private int Left(int wanted) => (int)Math.Clamp(length - _position, 0, wanted);
}
