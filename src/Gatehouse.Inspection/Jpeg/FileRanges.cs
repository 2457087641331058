namespace Gatehouse.Inspection.Jpeg;

/// <summary>Ranges of a file, read one after the other.</summary>
internal sealed class FileRanges(IFileContent file, IReadOnlyList<(long Offset, int Length)> ranges) : ForwardStream
{
    private int _range;
    private int _inRange;

    public void ReadAll(PooledBytes into)
    {
        Span<byte> piece = stackalloc byte[1024];
        for (int read; (read = Read(piece)) > 0;)
            into.Add(piece[..read]);
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
}
