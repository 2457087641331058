using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>How a track's samples are coded (ISO/IEC 14496-12, 8.5.2 and 12.1.3): entries that fill their box, with a picture's size where there is one.</summary>
internal static class SampleEntries
{
    private const int CountedHeader = 8;

    /// <summary>Six reserved bytes and the data reference's number.</summary>
    private const int EntryHeader = 8;

    /// <summary>Fields of a visual entry before its boxes.</summary>
    private const int VisualLength = 78;

    private const int WidthOffset = 24;

    /// <summary>How many there are is handed on.</summary>
    public static Verdict.Refuse? Check(IsoFile file, IsoBox stsd, bool isVisual, uint references, Action<uint> count)
    {
        if (stsd.Length < CountedHeader)
            return file.Refusals.Length(stsd.Offset);
        var (declared, found) = (file.Reader.U32(stsd.Content + 4), 0u);
        var refusal = file.Walk(stsd.Content + CountedHeader, stsd.End, entry => CheckOne(file, entry, isVisual, references, ref found));
        count(found);
        return refusal ?? (found == declared && found > 0 ? null : file.Refusals.Length(stsd.Offset));
    }

    private static Verdict.Refuse? CheckOne(IsoFile file, IsoBox entry, bool isVisual, uint references, ref uint found)
    {
        found++;
        if (entry.Length < (isVisual ? VisualLength : EntryHeader))
            return file.Refusals.Length(entry.Offset);
        if (entry.Type is "encv" or "enca" or "enct")
            return file.Refusals.Encrypted(entry.Offset);
        if (file.Reader.U16(entry.Content + 6) is var reference && (reference == 0 || reference > references))
            return file.Refusals.Structure(entry.Offset, "it names a source of data that it does not have");
        var (width, height) = isVisual ? (file.Reader.U16(entry.Content + WidthOffset), file.Reader.U16(entry.Content + WidthOffset + 2)) : default;
        return file.IsWithinLimits(width, height) ? file.Metadata.Known(entry) : file.Refusals.Pixels(entry.Offset, width, height);
    }
}
