using System.Text;
using Gatehouse.Inspection.Compression;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Png;

/// <summary>Judges the chunks that carry text, profiles and EXIF (PNG 3rd ed., 11.3.2.3, 11.3.3 and 11.3.3.5), inflated where they are compressed.</summary>
internal sealed class PngTexts : IDisposable
{
    private const int LongestKeyword = 79;

    private readonly InflatedText _inflated = new();
    private readonly JoinedTexts _texts = new();
    private int _inAll;

    public Verdict.Refuse? Judge(uint type, ReadOnlySpan<byte> data, long offset)
    {
        if ((_inAll += data.Length) > MediaLimits.Values)
            return PngRefusals.Expands(offset, "has descriptions longer than is allowed");
        if (type == PngChunk.Exif && !ExifHeader.IsAt(data))
            return PngRefusals.Structure(offset, "its EXIF does not begin as one");
        if (type == PngChunk.Exif)
            return MetadataJudge.Judge(MetadataKind.Exif, data, PngRefusals.Mime, offset);
        var keywordLength = data.IndexOf((byte)0);
        if (keywordLength is < 1 or > LongestKeyword)
            return PngRefusals.Structure(offset, "a description has no name");
        var keyword = data[..keywordLength];

        // The keyword and whatever else stands beside the value is looked at as well, compressed or not.
        if (MetadataJudge.Judge(type == PngChunk.Text ? MetadataKind.Text : MetadataKind.Opaque, data, PngRefusals.Mime, offset) is { } raw)
            return raw;
        if (ScriptSearch.InText(keyword) >= 0)
            return MetadataJudge.RefuseScript(PngRefusals.Mime, offset);
        var rest = data[(keywordLength + 1)..];
        return type switch
        {
            PngChunk.Text => JudgeValue(keyword, rest, offset),
            PngChunk.InternationalText => JudgeInternational(keyword, rest, offset),
            _ => JudgeCompressed(type == PngChunk.Profile ? MetadataKind.Icc : MetadataKind.Text, keyword, rest, offset),
        };
    }

    public void Dispose() => _inflated.Dispose();

    /// <summary>Flag, method, language, translated keyword, then the text (11.3.3.4).</summary>
    private Verdict.Refuse? JudgeInternational(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> rest, long offset)
    {
        var language = rest.Length < 2 ? -1 : rest[2..].IndexOf((byte)0);
        var translated = language < 0 ? -1 : rest[(2 + language + 1)..].IndexOf((byte)0);
        if (translated < 0)
            return PngRefusals.Structure(offset, "a description is cut off");
        if (rest[0] > 1)
            return PngRefusals.Structure(offset, "a description is compressed in an unknown way");
        if (ScriptSearch.InText(rest.Slice(2, language)) >= 0 || ScriptSearch.InText(rest.Slice(2 + language + 1, translated)) >= 0)
            return MetadataJudge.RefuseScript(PngRefusals.Mime, offset);
        var value = rest[(2 + language + 1 + translated + 1)..];
        return rest[0] == 1 ? JudgeCompressed(MetadataKind.Text, keyword, rest[1..2], value, offset) : JudgeValue(keyword, value, offset);
    }

    private Verdict.Refuse? JudgeCompressed(MetadataKind kind, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> rest, long offset) =>
        rest.IsEmpty ? PngRefusals.Structure(offset, "a description is cut off") : JudgeCompressed(kind, keyword, rest[..1], rest[1..], offset);

    private Verdict.Refuse? JudgeCompressed(MetadataKind kind, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> method, ReadOnlySpan<byte> data, long offset)
    {
        if (method[0] != 0)
            return PngRefusals.Structure(offset, "a description is compressed in an unknown way");
        var status = _inflated.Inflate(ref data, MediaLimits.Value);
        if (status == InflateStatus.Stopped || (_inAll += _inflated.Bytes.Length) > MediaLimits.Values)
            return PngRefusals.Expands(offset, "has descriptions that expand to more than is allowed");
        if (status != InflateStatus.Ended)
            return PngRefusals.Structure(offset, "a description is damaged");
        if (!data.IsEmpty)
            return PngRefusals.Trailing(offset, "behind the end of a description");
        return kind == MetadataKind.Text
            ? JudgeValue(keyword, _inflated.Bytes, offset)
            : MetadataJudge.Judge(kind, _inflated.Bytes, PngRefusals.Mime, offset);
    }

    private Verdict.Refuse? JudgeValue(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value, long offset)
    {
        if (RawProfile.IsKeyword(keyword))
            return JudgeProfile(keyword, value, offset);
        var kind = keyword.SequenceEqual("XML:com.adobe.xmp"u8) ? MetadataKind.Xmp : MetadataKind.Text;
        if (MetadataJudge.Judge(kind, value, PngRefusals.Mime, offset) is { } refusal)
            return refusal;
        var isScript = IsProfilePath(keyword, value) || (kind == MetadataKind.Text && _texts.AddHasScript(value));
        return isScript ? MetadataJudge.RefuseScript(PngRefusals.Mime, offset) : null;
    }

    private static Verdict.Refuse? JudgeProfile(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> text, long offset)
    {
        using var room = new PooledSpan<byte>((text.Length / 2) + 1);
        if (RawProfile.Read(text, room.Span) is not (>= 0 and var length))
            return PngRefusals.Structure(offset, "a profile in it is not written as programs write it");
        var profile = room.Span[..length];
        return MetadataJudge.Judge(MetadataKind.Text, text, PngRefusals.Mime, offset) ?? MetadataJudge.Judge(RawProfile.KindOf(keyword, profile), profile, PngRefusals.Mime, offset);
    }

    /// <summary>Old ImageMagick takes the text "profile" for a file's name and puts that file into the picture (CVE-2022-44268).</summary>
    private static bool IsProfilePath(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(keyword, "profile"u8) && !value.ContainsAny((byte)'\r', (byte)'\n') && value.ContainsAny("/\\:"u8);
}
