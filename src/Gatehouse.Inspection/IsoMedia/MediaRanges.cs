namespace Gatehouse.Inspection.IsoMedia;

/// <summary>Where a file's media data stands (ISO/IEC 14496-12, 8.1.1): the contents of its <c>mdat</c> boxes, in order.</summary>
internal sealed class MediaRanges
{
    private readonly List<(long Start, long End)> _ranges = [];
    private readonly HashSet<int> _used = [];
    private int _last;

    public void Add(IsoBox box) => _ranges.Add((box.Content, box.End));

    /// <summary>The file has ended, and with it the last box where that has no size of its own.</summary>
    public void EndAt(long fileEnd)
    {
        if (_ranges.Count > 0)
            _ranges[^1] = (_ranges[^1].Start, Math.Min(_ranges[^1].End, fileEnd));
    }

    /// <summary>Whether a piece lies inside one of them. Pieces mostly follow each other, so the last one's is asked first. Numbers of 32 bits, multiplied, may be negative here.</summary>
    public bool Holds(long start, long length)
    {
        if (_ranges.Count == 0 || start < 0 || length < 0)
            return false;
        if (!IsIn(_last, start, length))
        {
            var found = _ranges.BinarySearch((start, long.MaxValue));
            _last = Math.Max(0, (found < 0 ? ~found : found) - 1);
        }

        var holds = IsIn(_last, start, length);
        if (holds && length > 0)
            _used.Add(_last);
        return holds;
    }

    /// <summary>Those to which nothing led: how long they are in all, and where the first stands.</summary>
    public (long Length, long Offset) Unused()
    {
        var (length, offset) = (0L, 0L);
        for (var range = _ranges.Count - 1; range >= 0; range--)
        {
            if (!_used.Contains(range) && _ranges[range] is var (start, end) && end > start)
                (length, offset) = (length + end - start, start);
        }

        return (length, offset);
    }

    private bool IsIn(int range, long start, long length) =>
        start >= _ranges[range].Start && start <= _ranges[range].End && length <= _ranges[range].End - start;
}
