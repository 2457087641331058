namespace Gatehouse.Inspection.Jpeg;

/// <summary>Ranges of a file, read one after the other.</summary>
internal sealed class FileRanges(IFileContent file, IReadOnlyList<(long Offset, int Length)> ranges) : Stream
{
    private int _range;
    private int _inRange;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_range < ranges.Count)
        {
            var (offset, length) = ranges[_range];
            var read = _inRange == length ? 0 : file.ReadAt(offset + _inRange, buffer[..Math.Min(buffer.Length, length - _inRange)]);
            _inRange += read;
            if (read > 0)
                return read;
            (_range, _inRange) = (_range + 1, 0);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
