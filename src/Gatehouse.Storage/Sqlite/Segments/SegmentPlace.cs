namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>Where bytes lie: the segment's number, the first byte's offset in it, and how many.</summary>
internal readonly record struct SegmentPlace(long Segment, long Offset, int Length);
