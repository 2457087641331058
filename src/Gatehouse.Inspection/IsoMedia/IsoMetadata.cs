using Gatehouse.Inspection.Metadata;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>
/// Values beside the media: user data, iTunes' and QuickTime's lists (ISO/IEC 14496-12, 8.10 and 8.11; QuickTime file format, "User data atoms"), vendors'
/// boxes, unknown ones. Each is judged as what it is, and all are bounded.
/// </summary>
internal sealed class IsoMetadata(IsoReader reader, IsoRefusals refusals) : IDisposable
{
    /// <summary>
    /// Known boxes that are only searched, all together: the longest are notes on every sample (sdtp, sbgp, subs), some bytes for each of the million
    /// samples of a film.
    /// </summary>
    private const long MaxSearched = 16 * 1024 * 1024;

    private const int ReadLength = 16 * 1024;
    private const int UserTypeLength = 16;

    private readonly PooledBytes _value = new();
    private readonly StreamedSearch _search = new(refusals.Mime);
    private long _unknown;
    private long _padding;
    private long _searched;
    private long _inAll;

    /// <summary>XMP specification part 3, 1.1.5.</summary>
    private static ReadOnlySpan<byte> XmpUserType => [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    public Verdict.Refuse? Unknown(IsoBox box)
    {
        if (!IsoTypes.IsPlausible(box.Code))
            return refusals.Length(box.Offset);
        return (_unknown += box.End - box.Offset) > MediaLimits.Unknown ? refusals.Metadata(box.Offset) : Value(MetadataKind.Unknown, box.Content, box.End);
    }

    /// <summary>Boxes that mean nothing (8.1.2): zeros mostly, else an encoder's name or a description that was written anew elsewhere.</summary>
    public Verdict.Refuse? Padding(IsoBox box)
    {
        if (Search(box) is { } refusal)
            return refusal;
        for (var at = box.Content; at < box.End;)
        {
            var piece = reader.Bytes(at, (int)Math.Min(ReadLength, box.End - at));
            if (piece.IsEmpty)
                break;
            _padding += piece.Length - piece.Count((byte)0);
            at += piece.Length;
        }

        return _padding > MediaLimits.Unknown ? refusals.Metadata(box.Offset) : null;
    }

    /// <summary>Known boxes whose numbers nobody looks at.</summary>
    public Verdict.Refuse? Known(IsoBox box) => (_searched += box.Length) > MaxSearched ? refusals.Metadata(box.Offset) : Search(box);

    private Verdict.Refuse? Search(IsoBox box)
    {
        _search.Start(box.Content);
        for (var at = box.Content; at < box.End;)
        {
            var piece = reader.Bytes(at, (int)Math.Min(ReadLength, box.End - at));
            if (_search.Write(piece) is { } refusal)
                return refusal;
            if (piece.IsEmpty)
                break;
            at += piece.Length;
        }

        return _search.Finish();
    }

    /// <summary>A value: inside user data or a list, or a description of its own (<c>xml </c> and <c>bxml</c>, 8.11.2, behind version and flags).</summary>
    public Verdict.Refuse? Leaf(IsoBox box) => box.Type switch
    {
        "uuid" => UserBox(box),
        "XMP_" => Value(MetadataKind.Xmp, box.Content, box.End),
        "xml " => Value(MetadataKind.Xmp, Math.Min(box.Content + 4, box.End), box.End),
        "data" => Value(IsTextData(box) ? MetadataKind.Text : MetadataKind.Unknown, box.Content, box.End),
        "mean" or "name" or "keys" or "titl" or "auth" or "perf" or "gnre" or "dscp" or "cprt" or "albm" or "kywd" or "loci" or "desc" => Value(MetadataKind.Text, box.Content, box.End),
        _ => Value(box.Code >> 24 == 0xA9 ? MetadataKind.Text : MetadataKind.Unknown, box.Content, box.End),
    };

    /// <summary>The name of a handler (8.4.3), behind version, type and reserved fields.</summary>
    public Verdict.Refuse? HandlerName(IsoBox box) => Value(MetadataKind.Text, Math.Min(box.Content + 24, box.End), box.End);

    public Verdict.Refuse? Value(MetadataKind kind, long from, long end) => Gather([(from, end)]) ?? Judge(kind, from);

    /// <summary>A value in several pieces, into <see cref="Gathered"/>.</summary>
    public Verdict.Refuse? Gather(IReadOnlyList<(long From, long End)> pieces)
    {
        _value.Clear();
        foreach (var (from, end) in pieces)
        {
            if (Add(from, end) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>What was gathered, but for its first bytes.</summary>
    public Verdict.Refuse? Judge(MetadataKind kind, long offset, int skip = 0) =>
        MetadataJudge.Judge(kind, _value.Bytes[Math.Min(skip, _value.Length)..], refusals.Mime, offset);

    public ReadOnlySpan<byte> Gathered => _value.Bytes;

    public void Dispose()
    {
        _value.Dispose();
        _search.Dispose();
    }

    /// <summary>A vendor's box, known by the 16 bytes of its user type (4.2).</summary>
    private Verdict.Refuse? UserBox(IsoBox box)
    {
        var isXmp = box.Length >= UserTypeLength && reader.Bytes(box.Content, UserTypeLength).SequenceEqual(XmpUserType);
        return isXmp ? Value(MetadataKind.Xmp, box.Content + UserTypeLength, box.End) : Value(MetadataKind.Unknown, box.Content, box.End);
    }

    private Verdict.Refuse? Add(long from, long end)
    {
        var length = end - from;
        if (length > MediaLimits.Value - _value.Length || (_inAll += length) > MediaLimits.Values)
            return refusals.Metadata(from);
        for (var at = from; at < end;)
        {
            var piece = reader.Bytes(at, (int)Math.Min(ReadLength, end - at));
            if (piece.IsEmpty)
                break;
            _value.Add(piece);
            at += piece.Length;
        }

        return null;
    }

    /// <summary>UTF-8, UTF-16 and their sorting forms (QuickTime file format, "Well-known types").</summary>
    private bool IsTextData(IsoBox box) => box.Length >= 8 && reader.U32(box.Content) is 1 or 2 or 4 or 5;
}
