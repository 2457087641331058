using System.Collections.Concurrent;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>
/// Small files' bytes, appended to segments before the transaction that points to them. The writer's thread appends, counts and removes; any thread opens. What a failed or lost
/// transaction leaves is garbage in its segment.
/// </summary>
internal sealed class SegmentLog : IDisposable
{
    private static readonly byte[] Zeros = new byte[PooledSegments.SegmentLength];

    private readonly SegmentFolder _folder;
    private readonly SegmentOptions _options;
    private readonly ConcurrentDictionary<long, Segment> _segments = new();
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private Segment? _active;
    private long _live;

    /// <param name="liveBytes">By segment, as the rows tell. A segment without rows is what a dead process left, and goes.</param>
    public SegmentLog(SegmentFolder folder, SegmentOptions options, IReadOnlyDictionary<long, long> liveBytes)
    {
        _folder = folder;
        _options = options;
        foreach (var segment in folder.Open(liveBytes)) _segments[segment.Number] = segment;
        _live = _segments.Values.Sum(segment => segment.Live);
    }

    /// <summary>Bytes of all segments' files, spare ones included.</summary>
    public long FileBytes => _folder.Bytes;

    /// <summary>Bytes that rows point to.</summary>
    public long LiveBytes => Volatile.Read(ref _live);

    /// <summary>More than half of what lies outside spare files, the segment in use and one that is emptying is dead.</summary>
    public bool NeedsCompaction => FileBytes - _folder.SpareBytes > (2 * LiveBytes) + (2 * _options.SegmentBytes);

    /// <summary>Writes the bytes of those works that bring some, and flushes them; each of these learns its place. A work that is tried again keeps the place it has.</summary>
    /// <returns>A new segment was begun.</returns>
    /// <exception cref="SpoolFullException">No room; no work got a place.</exception>
    public bool Append(IReadOnlyList<WriteWork> works)
    {
        long length = 0;
        foreach (var work in works) length += Gather(work);
        if (length == 0) return false;
        try
        {
            var rolls = _active is null || _active.End + length > _options.SegmentBytes;
            if (rolls) Roll();
            var first = _active!.End == 0 ? SegmentHeader.Length : 0;
            if (first > 0) _pieces.Insert(0, SegmentHeader.Of(_active.Number));
            var end = _active.End + first + length;
            if (end > _active.Data.Length) end = GrowTo(end);
            RandomAccess.Write(_active.Handle, _pieces, _active.End);
            _folder.Grown(_active, end);
            Flush(_active);
            _active.End += first;
            foreach (var work in works) Place(work, _active);
            return rolls;
        }
        catch (IOException e) when (SpoolFullException.Means(e))
        {
            throw new SpoolFullException("There is no room for another small file.", e);
        }
        finally
        {
            _pieces.Clear();
        }
    }

    /// <summary>The works are about to be answered: what their transaction changed is counted, and segments that this emptied go.</summary>
    public void Settle(IReadOnlyList<WriteWork> works, IReadOnlyList<(long Segment, long Bytes)> changes)
    {
        foreach (var (number, bytes) in changes)
        {
            if (!_segments.TryGetValue(number, out var segment)) continue;
            segment.Live += bytes;
            Volatile.Write(ref _live, _live + bytes);
        }
        foreach (var work in works)
        {
            if (work.Place is { } place) _segments[place.Segment].Pending -= place.Length;
        }
        foreach (var (number, _) in changes) RemoveIfEmpty(number);
        foreach (var work in works)
        {
            if (work.Place is { } place) RemoveIfEmpty(place.Segment);
        }
    }

    /// <summary>Null: the segment is gone, or too short. If the row still points here, the bytes are lost.</summary>
    public FileBytes? Open(SegmentPlace place)
    {
        if (!_segments.TryGetValue(place.Segment, out var segment) || !segment.TryHold()) return null;
        if (RandomAccess.GetLength(segment.Handle) >= place.Offset + place.Length) return new SegmentFile(segment, place);
        segment.Release();
        return null;
    }

    /// <summary>The number of the segment, other than the one in use, of which the least lives, if that is at most half of it.</summary>
    public long? MostlyDead() => _segments.Values.Where(segment => segment != Volatile.Read(ref _active) && segment.Live * 2 <= segment.Data.Length)
        .OrderBy(segment => (double)segment.Live / Math.Max(1, segment.Data.Length)).Select(segment => (long?)segment.Number).FirstOrDefault();

    public void Dispose()
    {
        foreach (var segment in _segments.Values) segment.Release();
        _segments.Clear();
        _folder.Dispose();
    }

    private static void Place(WriteWork work, Segment segment)
    {
        if (work.Place is not null || work.Bytes.IsEmpty) return;
        var length = (int)work.Bytes.Length;
        work.Place = new SegmentPlace(segment.Number, segment.End, length);
        segment.End += length;
        segment.Pending += length;
    }

    private long Gather(WriteWork work)
    {
        if (work.Place is not null) return 0;
        foreach (var piece in work.Bytes) _pieces.Add(piece);
        return work.Bytes.Length;
    }

    /// <summary>A file that grows makes the file system write its journal at the flush: it grows by zeros for several commits at once, in the same write.</summary>
    private long GrowTo(long end)
    {
        var grown = (end + _options.GrowBy - 1) / _options.GrowBy * _options.GrowBy;
        for (var left = grown - end; left > 0; left -= Zeros.Length) _pieces.Add(Zeros.AsMemory(0, (int)Math.Min(left, Zeros.Length)));
        return grown;
    }

    private void Roll()
    {
        var begun = _folder.Begin();
        _segments[begun.Number] = begun;
        var full = _active;
        Volatile.Write(ref _active, begun);
        if (full is not null) RemoveIfEmpty(full.Number);
    }

    /// <summary>After a failed flush nobody knows which of the pages are on disk, so nothing more is appended to that segment.</summary>
    private void Flush(Segment segment)
    {
        try
        {
            DataSync.Flush(segment.Handle);
        }
        catch
        {
            Volatile.Write(ref _active, null);
            RemoveIfEmpty(segment.Number);
            throw;
        }
    }

    private void RemoveIfEmpty(long number)
    {
        if (!_segments.TryGetValue(number, out var segment) || segment == _active || segment.Live > 0 || segment.Pending > 0) return;
        _segments.TryRemove(number, out _);
        _folder.Remove(segment);
    }
}
