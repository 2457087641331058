using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>One file of small files' bytes. The writer's thread counts in it; whoever reads holds it, so that its handle outlives its name.</summary>
internal sealed class Segment(long number, SegmentData data)
{
    private int _holders = 1;

    public long Number => number;

    public SegmentData Data => data;

    public SafeFileHandle Handle => data.Handle;

    /// <summary>Where the next append goes.</summary>
    public long End { get; set; }

    /// <summary>Bytes that rows point to.</summary>
    public long Live { get; set; }

    /// <summary>Bytes written whose transaction is not decided.</summary>
    public long Pending { get; set; }

    /// <summary>False: it has been removed.</summary>
    public bool TryHold()
    {
        for (var seen = Volatile.Read(ref _holders); seen > 0;)
        {
            var before = Interlocked.CompareExchange(ref _holders, seen + 1, seen);
            if (before == seen) return true;
            seen = before;
        }
        return false;
    }

    /// <summary>Ends a hold, or the log's own; the last one closes the file.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0) data.Handle.Dispose();
    }

    /// <summary>Ends the log's own hold and leaves the file open, for another segment to use. False: somebody reads it still.</summary>
    public bool TryTakeFile() => Interlocked.CompareExchange(ref _holders, 0, 1) == 1;
}

/// <summary>A segment's file, through all its uses.</summary>
internal sealed class SegmentData(int slot, string path, SafeFileHandle handle)
{
    public int Slot => slot;

    public string Path => path;

    public SafeFileHandle Handle => handle;

    /// <summary>Of the file, what earlier uses left included.</summary>
    public long Length { get; set; }
}
