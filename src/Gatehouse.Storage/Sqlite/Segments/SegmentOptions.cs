using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>Sizes of the segments (docs/decisions/small-file-segments.md); others than these are for tests.</summary>
internal sealed record SegmentOptions
{
    /// <summary>Files to this size are rows: the second flush costs more than their pages in the log.</summary>
    public int RowBytes { get; init; } = 48 * 1024;

    /// <summary>A full segment: as much as one commit can bring (64 works of 256 KB).</summary>
    public long SegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What a new file grows by, to a multiple of it.</summary>
    public int GrowBy { get; init; } = 2 * 1024 * 1024;

    /// <summary>Of files that wait to be used again.</summary>
    public long SpareBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of files that compaction moves in one turn of the writer.</summary>
    public int CompactionPortion { get; init; } = 1024 * 1024;

    /// <summary>Makes a segment's file, which is not there yet.</summary>
    public Func<string, SafeFileHandle> Create { get; init; } = static path =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
