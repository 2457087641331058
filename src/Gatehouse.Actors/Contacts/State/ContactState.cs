using System.Collections.Immutable;

namespace Gatehouse.Actors.Contacts;

/// <summary>
/// What decides for one contact. Immutable: a turn makes the next one. Times are milliseconds since 1970 UTC, which is what the stored form keeps.
/// </summary>
public sealed record ContactState
{
    public static readonly ContactState Empty = new();

    /// <summary>Unfinished uploads in order of admission; the first is the head, and only it is ever claimed.</summary>
    public ImmutableArray<LineEntry> Line { get; init; } = [];

    /// <summary>Finished uploads that still decide something, oldest first.</summary>
    public ImmutableArray<Remembered> Remembered { get; init; } = [];
    public RollingCount Files { get; init; } = RollingCount.Empty;
    public RollingCount Bytes { get; init; } = RollingCount.Empty;
    public RollingCount Attempts { get; init; } = RollingCount.Empty;

    /// <summary>The last uploads that counted as an attempt and left no entry, so that a re-run does not count again.</summary>
    public ImmutableArray<UploadId> Turned { get; init; } = [];
    public long NextSequence { get; init; } = 1;
    public long NextFence { get; init; } = 1;

    public LineEntry? Head => Line.Length > 0 ? Line[0] : null;

    /// <summary>Nothing that a later turn could miss.</summary>
    public bool IsBlank => Line.Length == 0 && Remembered.Length == 0 && Files.IsEmpty && Bytes.IsEmpty && Attempts.IsEmpty;

    public int IndexOf(UploadId id)
    {
        for (var i = 0; i < Line.Length; i++)
        {
            if (Line[i].Id == id) return i;
        }
        return -1;
    }

    public Remembered? Recall(UploadId id)
    {
        for (var i = Remembered.Length - 1; i >= 0; i--)
        {
            if (Remembered[i].Id == id) return Remembered[i];
        }
        return null;
    }
}
