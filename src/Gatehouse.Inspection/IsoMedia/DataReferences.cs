namespace Gatehouse.Inspection.IsoMedia;

/// <summary>Where media data is to be found (ISO/IEC 14496-12, 8.7.2): in the same file, or nowhere that is accepted.</summary>
internal static class DataReferences
{
    private const int CountedHeader = 8;
    private const uint IsInThisFile = 1;

    /// <summary>A <c>dinf</c> box; how many references it has is handed on.</summary>
    public static Verdict.Refuse? Check(IsoFile file, IsoBox dinf, Action<uint> count) => file.WalkChildren(dinf, box =>
    {
        if (box.Type is not "dref")
            return file.Other(box);
        if (box.Length < CountedHeader)
            return file.Refusals.Length(box.Offset);
        var (declared, found) = (file.Reader.U32(box.Content + 4), 0u);
        var refusal = file.Walk(box.Content + CountedHeader, box.End, reference => CheckOne(file, reference, ref found));
        count(found);
        return refusal ?? (found == declared ? null : file.Refusals.Length(box.Offset));
    });

    /// <summary>An address may be left out only where the flag says that the data is here; an empty one is none. One that is there ends with a zero (8.7.2.2).</summary>
    private static Verdict.Refuse? CheckOne(IsoFile file, IsoBox reference, ref uint found)
    {
        found++;
        if (reference.Length < 4)
            return file.Refusals.Length(reference.Offset);
        var isHere = (file.Reader.U32(reference.Content) & IsInThisFile) != 0;
        if (isHere && reference is { Type: "url " or "urn ", Length: > 4 } && file.Reader.U8(reference.End - 1) != 0)
            return file.Refusals.Length(reference.Offset);
        var isEmpty = reference.Length == 4 || (reference.Length == 5 && file.Reader.U8(reference.Content + 4) == 0);
        return (isHere && reference.Length <= MediaLimits.Unknown) || isEmpty ? file.Metadata.Known(reference) : file.Refusals.External(reference.Offset);
    }
}
