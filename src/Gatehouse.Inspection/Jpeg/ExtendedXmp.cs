using System.Buffers.Binary;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>XMP too long for one segment (XMP specification part 3, 1.1.3.1): parts of one document, which stay in the file until it is whole.</summary>
internal sealed class ExtendedXmp
{
    /// <summary>Depth maps and the like in base64 take some hundred KB.</summary>
    private const long MaxLength = 4 * 1024 * 1024;

    /// <summary>Name, digest, full length and the part's offset.</summary>
    private const int HeadingLength = 35 + DigestLength + 4 + 4;

    private const int DigestLength = 32;

    /// <summary>Real files have one.</summary>
    private const int MaxDocuments = 16;

    private readonly List<Part> _parts = [];
    private readonly HashSet<string> _digests = new(StringComparer.Ordinal);
    private long _length;

    public static ReadOnlySpan<byte> Name => "http://ns.adobe.com/xmp/extension/\0"u8;

    /// <summary>False: a part without its heading, or more than is allowed, in bytes or documents.</summary>
    public bool TryAdd(ReadOnlySpan<byte> payload, long payloadOffset)
    {
        var length = payload.Length - HeadingLength;
        if (length < 0 || (_length += length) > MaxLength)
            return false;
        var digest = Convert.ToHexString(payload.Slice(Name.Length, DigestLength));
        _digests.Add(digest);
        var (full, place) = (BinaryPrimitives.ReadUInt32BigEndian(payload[(HeadingLength - 8)..]), BinaryPrimitives.ReadUInt32BigEndian(payload[(HeadingLength - 4)..]));
        _parts.Add(new Part(digest, full, place, payloadOffset + HeadingLength, length));
        return _digests.Count <= MaxDocuments;
    }

    /// <summary>
    /// Each document by itself, in the order that its parts' offsets tell and, where that is another, in the file's. Parts that overlap or leave a gap are
    /// another document to each reader.
    /// </summary>
    public Verdict.Refuse? Judge(IFileContent file)
    {
        foreach (var document in _parts.GroupBy(part => part.Digest, StringComparer.Ordinal))
        {
            Part[] stored = [.. document];
            Part[] ordered = [.. stored.OrderBy(part => part.Place)];
            if (!AreWhole(ordered))
                return JpegRefusals.Structure(stored[0].Offset, "parts of its description are missing or there twice");
            if (HasScript(file, ordered) || (!stored.SequenceEqual(ordered) && HasScript(file, stored)))
                return MetadataJudge.RefuseScript(JpegRefusals.Mime, stored[0].Offset);
        }

        return null;
    }

    /// <summary>They follow each other, and are as long as each of them says that all are.</summary>
    private static bool AreWhole(Part[] ordered)
    {
        var length = 0L;
        foreach (var part in ordered)
        {
            if (part.Place != length || part.FullLength != ordered[0].FullLength)
                return false;
            length += part.Length;
        }

        return length == ordered[0].FullLength;
    }

    /// <summary>Read as the XML that it mostly is, and only else into memory.</summary>
    private static bool HasScript(IFileContent file, Part[] parts)
    {
        (long, int)[] ranges = [.. parts.Select(part => (part.Offset, part.Length))];
        using var stream = new FileRanges(file, ranges);
        if (XmpValues.HasScript(stream) is { } isScript)
            return isScript;
        using var all = new PooledBytes();
        using var again = new FileRanges(file, ranges);
        again.ReadAll(all);
        return XmpValues.HasScript(all.Bytes);
    }

    private sealed record Part(string Digest, uint FullLength, uint Place, long Offset, int Length);
}
