namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>
/// The segments' files. One that has emptied is kept as a spare and becomes the next segment, under its old name and a new number: overwriting blocks that the file has already costs the file
/// system neither allocation nor journal, and no name has to become durable.
/// </summary>
/// <param name="generation">Above every use of a slot by an earlier process: the start's time in milliseconds since 1970, which no process outruns.</param>
internal sealed class SegmentFolder(string path, SegmentOptions options, long generation) : IDisposable
{
    private readonly Stack<SegmentData> _spares = new();
    private readonly HashSet<int> _used = [];
    private FolderSync? _names;
    private long _generation = generation;
    private long _bytes;
    private long _spareBytes;

    /// <summary>Bytes of all files.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Of these, bytes of files that wait to be used again.</summary>
    public long SpareBytes => Volatile.Read(ref _spareBytes);

    /// <summary>Opens the segments that rows point to. The others are what a dead process left: spares, up to their limit, and deleted above it.</summary>
    public IReadOnlyList<Segment> Open(IReadOnlyDictionary<long, long> liveBytes)
    {
        PrivateFolder.Create(path);
        foreach (var used in liveBytes.Keys) _generation = Math.Max(_generation, SegmentNames.GenerationOf(used));
        // Of two uses of a slot that both have rows, which only an unsound copy can have, the later one counts.
        var numbers = liveBytes.Keys.GroupBy(SegmentNames.SlotOf).ToDictionary(uses => uses.Key, uses => uses.Max());
        // Also of a segment that is lost: its rows go on pointing to that slot.
        _used.UnionWith(numbers.Keys);
        var open = new List<Segment>();
        foreach (var (slot, name) in SegmentNames.In(path))
        {
            var handle = File.OpenHandle(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            var data = new SegmentData(slot, name, handle) { Length = RandomAccess.GetLength(handle) };
            _used.Add(slot);
            _bytes += data.Length;
            if (numbers.TryGetValue(slot, out var number) && SegmentHeader.Names(handle, number)) open.Add(new Segment(number, data) { End = data.Length, Live = liveBytes[number] });
            else Spare(data);
        }
        return open;
    }

    /// <summary>An empty segment, whose name is durable: a row may point to it.</summary>
    public Segment Begin()
    {
        if (_spares.TryPop(out var data)) Interlocked.Add(ref _spareBytes, -data.Length);
        else data = Create();
        return new Segment(SegmentNames.Number(++_generation, data.Slot), data);
    }

    /// <summary>The segment's file has become longer, or is as long as it was.</summary>
    public void Grown(Segment segment, long length)
    {
        if (length <= segment.Data.Length) return;
        Interlocked.Add(ref _bytes, length - segment.Data.Length);
        segment.Data.Length = length;
    }

    /// <summary>No row points to it any more, durably.</summary>
    public void Remove(Segment segment)
    {
        if (segment.TryTakeFile())
        {
            Spare(segment.Data);
            return;
        }
        Delete(segment.Data);
        segment.Release();
    }

    public void Dispose()
    {
        while (_spares.TryPop(out var data)) data.Handle.Dispose();
        _names?.Dispose();
    }

    private void Spare(SegmentData data)
    {
        if (SpareBytes + data.Length > options.SpareBytes)
        {
            Delete(data);
            data.Handle.Dispose();
            return;
        }
        Interlocked.Add(ref _spareBytes, data.Length);
        _spares.Push(data);
    }

    private SegmentData Create()
    {
        var slot = 0;
        while (_used.Contains(slot)) slot++;
        var name = SegmentNames.PathOf(path, slot);
        var data = new SegmentData(slot, name, options.Create(name));
        _used.Add(slot);
        try
        {
            (_names ??= new FolderSync(path)).Flush();
            return data;
        }
        catch
        {
            Delete(data);
            data.Handle.Dispose();
            throw;
        }
    }

    private void Delete(SegmentData data)
    {
        Interlocked.Add(ref _bytes, -data.Length);
        try
        {
            File.Delete(data.Path);
            _used.Remove(data.Slot);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its slot stays taken; no row points to it, so the next start uses or deletes it.
        }
    }
}
