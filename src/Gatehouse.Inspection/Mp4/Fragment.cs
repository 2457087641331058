using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>A movie fragment (ISO/IEC 14496-12, 8.8.4 to 8.8.8): runs of samples that lie inside the media data.</summary>
internal sealed class Fragment(IsoFile file, Movie movie, IsoBox moof)
{
    private const uint HasBase = 0x1;
    private const uint HasDescription = 0x2;
    private const uint HasDuration = 0x8;
    private const uint HasSize = 0x10;
    private const uint BaseIsFragment = 0x20000;
    private const uint RunHasOffset = 0x1;
    private const uint RunHasFirstFlags = 0x4;
    private const uint SampleHasDuration = 0x100;
    private const uint SampleHasSize = 0x200;
    private const uint SampleHasFlags = 0x400;
    private const uint SampleHasTime = 0x800;

    private long _base;
    private long _next;
    private uint _size;
    private bool _hasTrackHeader;

    public Verdict.Refuse? Check()
    {
        _next = moof.Offset;
        return movie.IsFragmented ? file.WalkChildren(moof, Visit) : file.Refusals.Missing(moof.Offset);
    }

    private Verdict.Refuse? Visit(IsoBox box)
    {
        if (box.Type is not "traf")
            return file.Other(box);
        _hasTrackHeader = false;
        return file.WalkChildren(box, VisitTrack);
    }

    private Verdict.Refuse? VisitTrack(IsoBox box) => box.Type switch
    {
        "tfhd" => ReadTrackHeader(box),
        "trun" => CheckRun(box),
        _ => file.Other(box),
    };

    private Verdict.Refuse? ReadTrackHeader(IsoBox box)
    {
        if (box.Length < 8 || _hasTrackHeader)
            return file.Refusals.Length(box.Offset);
        var flags = file.Reader.U32(box.Content) & 0xFFFFFF;
        var at = box.Content + 8;
        var sizeAt = at + Of(flags, HasBase, 8) + Of(flags, HasDescription, 4) + Of(flags, HasDuration, 4);
        if (sizeAt + Of(flags, HasSize, 4) > box.End || movie.DefaultSize(file.Reader.U32(box.Content + 4)) is not { } common)
            return file.Refusals.Length(box.Offset);
        _hasTrackHeader = true;
        _size = (flags & HasSize) != 0 ? file.Reader.U32(sizeAt) : common;
        if ((flags & HasBase) != 0)
            _base = (long)Math.Min(file.Reader.U64(at), long.MaxValue);
        else
            _base = (flags & BaseIsFragment) != 0 ? moof.Offset : _next;
        _next = _base;
        return null;
    }

    private Verdict.Refuse? CheckRun(IsoBox box)
    {
        if (box.Length < 8 || !_hasTrackHeader)
            return file.Refusals.Length(box.Offset);
        var flags = file.Reader.U32(box.Content) & 0xFFFFFF;
        var count = file.Reader.U32(box.Content + 4);
        var table = box.Content + 8 + Of(flags, RunHasOffset, 4) + Of(flags, RunHasFirstFlags, 4);
        var sizeOffset = Of(flags, SampleHasDuration, 4);
        var entryLength = sizeOffset + Of(flags, SampleHasSize, 4) + Of(flags, SampleHasFlags, 4) + Of(flags, SampleHasTime, 4);
        if (table + (count * (long)entryLength) != box.End)
            return file.Refusals.Length(box.Offset);
        var start = (flags & RunHasOffset) != 0 ? _base + (int)file.Reader.U32(box.Content + 8) : _next;
        var length = (flags & SampleHasSize) == 0 ? count * (long)_size : 0;
        for (var at = table + sizeOffset; (flags & SampleHasSize) != 0 && at < box.End; at += entryLength)
            length += file.Reader.U32(at);
        _next = start + length;
        return count == 0 || file.Media.Holds(start, length) ? null : file.Refusals.Structure(box.Offset, "it says that its data is where none is");
    }

    private static int Of(uint flags, uint flag, int length) => (flags & flag) != 0 ? length : 0;
}
