using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>
/// A track's samples (ISO/IEC 14496-12, 8.5 to 8.7): tables as long as they say, and chunks that lie inside the media data with all their samples. The
/// tables are read side by side, never kept.
/// </summary>
internal sealed class SampleTable(IsoFile file, bool isVisual, uint references)
{
    private const int CountedHeader = 8;
    private const int RunLength = 12;

    private IsoBox? _sizes;
    private IsoBox? _chunks;
    private IsoBox? _runs;
    private uint _entries;
    private bool _hasTimes;
    private bool _isTwice;

    public Verdict.Refuse? Check(IsoBox stbl)
    {
        if (file.WalkChildren(stbl, Visit) is { } refusal)
            return refusal;
        return !_isTwice && _hasTimes && _entries > 0 && _sizes is not null && _chunks is not null && _runs is not null
            ? WalkChunks(_sizes.Value, _chunks.Value, _runs.Value)
            : file.Refusals.Missing(stbl.Offset);
    }

    private Verdict.Refuse? Visit(IsoBox box)
    {
        switch (box.Type)
        {
            case "stsd":
                _isTwice |= _entries > 0;
                return SampleEntries.Check(file, box, isVisual, references, count => _entries = count);
            case "stts":
                _isTwice |= _hasTimes;
                _hasTimes = true;
                return CheckTable(box, 8);
            case "ctts" or "stsh":
                return CheckTable(box, 8);
            case "stss" or "stps":
                return CheckTable(box, 4);
            case "stsc":
                return Keep(ref _runs, box) ?? CheckTable(box, RunLength);
            case "stco":
                return Keep(ref _chunks, box) ?? CheckTable(box, 4);
            case "co64":
                return Keep(ref _chunks, box) ?? CheckTable(box, 8);
            case "stsz" or "stz2":
                return Keep(ref _sizes, box) ?? SampleSizes.Check(file, box);
            default:
                return file.Other(box);
        }
    }

    private Verdict.Refuse? Keep(ref IsoBox? kept, IsoBox box)
    {
        _isTwice |= kept is not null;
        kept = box;
        return null;
    }

    private Verdict.Refuse? CheckTable(IsoBox box, int entryLength)
    {
        var fits = box.Length >= CountedHeader && box.Length - CountedHeader == file.Reader.U32(box.Content + 4) * (long)entryLength;
        return fits ? null : file.Refusals.Length(box.Offset);
    }

    private Verdict.Refuse? WalkChunks(IsoBox sizesBox, IsoBox chunksBox, IsoBox runsBox)
    {
        using var chunks = file.Cursor();
        using var sizes = new SampleSizes(file, sizesBox);
        using var runs = new ChunkRuns(file, runsBox, _entries);
        var offsetLength = chunksBox.Type is "co64" ? 8 : 4;
        var count = chunks.U32(chunksBox.Content + 4);
        for (var chunk = 1u; chunk <= count; chunk++)
        {
            var at = chunksBox.Content + CountedHeader + ((chunk - 1L) * offsetLength);
            if (runs.SamplesIn(chunk) is not { } samples)
                return file.Refusals.Structure(runsBox.Offset, "its table of chunks is wrong");
            var offset = chunks.Number(at, offsetLength);
            if (offset > long.MaxValue || !file.Media.Holds((long)offset, sizes.Take(samples)))
                return file.Refusals.Structure(at, "it says that its data is where none is");
        }

        return sizes.Left == 0 ? null : file.Refusals.Structure(sizesBox.Offset, "some of its data is missing");
    }
}
