using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>
/// A colour profile cut into segments (ICC.1:2022, B.4): parts 1 to n of n, each once, in order. Judged when the last has come, and so no byte more than once; a part by
/// itself is a whole profile, as some old writers number it 0.
/// </summary>
internal sealed class IccParts : IDisposable
{
    private readonly PooledBytes _profile = new();
    private int _length;
    private int _next = 1;
    private int _count;

    public static ReadOnlySpan<byte> Name => "ICC_PROFILE\0"u8;

    /// <summary>The name, the part's number and their count.</summary>
    public static int HeadingLength => Name.Length + 2;

    /// <param name="payload">Longer than its heading.</param>
    public Verdict.Refuse? Add(ReadOnlySpan<byte> payload, long offset)
    {
        var (number, count) = (payload[Name.Length], payload[Name.Length + 1]);
        var part = payload[HeadingLength..];
        if ((_length += part.Length) > MediaLimits.Value)
            return JpegRefusals.Metadata(offset);
        if (_next == 1 && number <= 1 && count <= 1)
            return MetadataJudge.Judge(MetadataKind.Icc, part, JpegRefusals.Mime, offset + HeadingLength);
        if (number != _next || (number > 1 && count != _count) || number > count)
            return JpegRefusals.Structure(offset, "parts of its colour profile are missing or out of order");
        _profile.Add(part);
        (_next, _count) = (number + 1, count);
        if (number < count)
            return MetadataJudge.Judge(MetadataKind.Opaque, payload, JpegRefusals.Mime, offset);
        var refusal = MetadataJudge.Judge(MetadataKind.Icc, _profile.Bytes, JpegRefusals.Mime, offset);
        _profile.Clear();
        _next = 1;
        return refusal;
    }

    public void Dispose() => _profile.Dispose();
}
