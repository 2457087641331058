using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>EXIF, which some programs cut into segments where it is longer than one: each is judged when it has come, and all together when the file is whole.</summary>
internal sealed class ExifParts
{
    private const int HeadingLength = 6;

    private readonly List<(long Offset, int Length)> _parts = [];
    private int _length;

    public Verdict.Refuse? Add(ReadOnlySpan<byte> payload, long offset)
    {
        if ((_length += payload.Length) > MediaLimits.Value)
            return JpegRefusals.Metadata(offset);
        var heading = _parts.Count == 0 ? 0 : Math.Min(HeadingLength, payload.Length);
        _parts.Add((offset + heading, payload.Length - heading));
        return MetadataJudge.Judge(MetadataKind.Exif, payload, JpegRefusals.Mime, offset);
    }

    public Verdict.Refuse? Finish(IFileContent file)
    {
        if (_parts.Count < 2)
            return null;
        using var all = new PooledBytes();
        using var ranges = new FileRanges(file, _parts);
        ranges.ReadAll(all);
        return MetadataJudge.Judge(MetadataKind.Exif, all.Bytes, JpegRefusals.Mime, _parts[0].Offset);
    }
}
