namespace Gatehouse.Inspection.Pdf;

/// <summary>Whether the cross-reference leads to an object.</summary>
internal enum Listing
{
    /// <summary>It does not name it, or calls it free.</summary>
    Missing,

    /// <summary>It names a place where the object is not.</summary>
    Wrong,

    Right,
}

/// <summary>
/// Follows the cross-reference from its newest section back (ISO 32000-1, 7.5.4 to 7.5.8): tables, streams, and both in hybrid files. Consistent when
/// every entry in use leads to the object that it names.
/// </summary>
internal sealed class CrossReference(PdfSource source, PdfObjects objects, PdfStreams streams, PdfWalk walk, Leads leads)
{
    /// <summary>What says how a stream of it is read stands in itself (7.5.8.2).</summary>
    private static readonly string[] Plain = ["Type", "W", "Index", "Size", "Filter", "DecodeParms"];

    private readonly HashSet<long> _sections = [];
    private readonly PdfReader _reader = new(source);
    private readonly HashSet<int> _named = [];
    private readonly HashSet<int> _settled = [];
    private int _root;
    private bool _sawRoot;
    private int _entries;

    public bool IsConsistent { get; private set; } = true;

    /// <summary>
    /// It leads where the walk saw none: to a section, a trailer or an object inside of another or a comment; or it is written so that not every reader reads the same.
    /// </summary>
    public bool IsHidden { get; private set; }

    /// <summary>How far the header is from the file's start: readers count from either.</summary>
    public long Shift { get; init; }

    /// <summary>The newest section was there and could be read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>So were all that it leads to.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>As the newest section that speaks of it has it.</summary>
    public Listing Root { get; private set; }

    /// <summary>The object stream that holds the catalog; -1: none does.</summary>
    public int RootContainer { get; private set; } = -1;

    /// <summary>
    /// Whether a reader that believes its entries and one that takes the last definition of each number find the same objects: so do most updates, also where
    /// another entry is wrong.
    /// </summary>
    public bool AgreesWithRebuilt => _settled.IsSupersetOf(objects.Redefined);

    /// <summary>A stream of it, named so or with the widths that only it has: readers do not ask for the name.</summary>
    public static bool IsOne(PdfDictionary dictionary) => dictionary.HasNamed("Type", "XRef") || dictionary.Has("W");

    public void Follow(long start, int root)
    {
        _root = root;
        var next = new Queue<long>([start + Shift]);
        while (next.TryDequeue(out var offset))
        {
            if (offset <= 0 || offset >= source.Length || _sections.Count > PdfLimits.XrefSections)
            {
                IsConsistent = false;
                return;
            }

            if (!_sections.Add(offset))
                continue;
            _reader.Position = offset;
            _reader.SkipSpace();
            var trailer = source.Matches(_reader.Position, "xref"u8) ? Table() : Stream();
            if (trailer is null)
            {
                IsConsistent = false;
                return;
            }

            IsRead = true;
            Continue(next, trailer, "XRefStm");
            Continue(next, trailer, "Prev");
        }

        IsWhole = true;
    }

    private void Continue(Queue<long> next, PdfDictionary trailer, string pointer)
    {
        IsHidden |= !trailer.IsPlain(pointer);
        if (trailer[pointer] is PdfNumber { IsWhole: true } previous)
            next.Enqueue((long)previous.Value + Shift);
    }

    /// <summary>False: more entries than any file has objects, or a packed one where none is packed, at which readers give the whole section up.</summary>
    private bool Enter(int number, bool isInUse, long offset, int packedAt = -1)
    {
        if (++_entries > 2 * PdfLimits.Objects)
            return false;
        source.Budget.Spend(1, offset);
        var last = objects.Find(number);
        var isPacked = packedAt >= 0;
        var place = isPacked ? leads.ToPacked((int)Math.Min(offset, int.MaxValue), packedAt, number) : isInUse ? leads.To(offset + Shift, number) : Place.Nowhere;
        if (isPacked && place == Place.Nowhere)
            return false;
        IsHidden |= place == Place.Hidden;
        var isThere = place == Place.There;
        IsConsistent &= isThere || !isInUse;
        // The newest section speaks first; what it says wrong, readers look for.
        if (objects.Redefined.Contains(number) && _named.Add(number) && !isPacked && isInUse && (!isThere || last?.Header == offset + Shift))
            _settled.Add(number);
        if (number == _root && !_sawRoot)
        {
            (_sawRoot, Root) = (true, isThere ? Listing.Right : isInUse ? Listing.Wrong : Listing.Missing);
            RootContainer = isPacked ? (int)Math.Min(offset, int.MaxValue) : -1;
        }

        return true;
    }

    private PdfDictionary? Table()
    {
        IsHidden |= !walk.IsTable(_reader.Position);
        _reader.Position += 4;
        while (true)
        {
            var token = _reader.Read();
            if (token is PdfWord { Text: "trailer" })
            {
                IsHidden |= !walk.IsTrailer(_reader.Position);
                return _reader.Read() as PdfDictionary;
            }

            if (token is not PdfNumber { IsWhole: true } first || _reader.Read() is not PdfNumber { IsWhole: true } count)
                return null;
            _reader.SkipSpace();
            // A known error of programs, which readers take back: the list of free entries begins at 0.
            var start = first.Value == 1 && XrefEntry.TryRead(source, _reader.Position, out var free) && free is { IsInUse: false, Generation: XrefEntry.FirstFree } ? 0 : (int)first.Value;
            for (var i = 0; i < count.Value; i++)
            {
                if (XrefEntry.TryRead(source, _reader.Position, out var entry))
                {
                    _reader.Position += XrefEntry.Length;
                    if (!Enter(start + i, entry.IsInUse, entry.Offset))
                        return null;
                    continue;
                }

                if (_reader.Read() is not PdfNumber { IsWhole: true } offset || _reader.Read() is not PdfNumber || _reader.Read() is not PdfWord kind)
                    return null;
                if (!Enter(start + i, kind.Is("n"), (long)offset.Value))
                    return null;
            }
        }
    }

    private PdfDictionary? Stream()
    {
        // The object that stands here, also where an update has used its number again.
        if (objects.FindAt(_reader.Position) is not { } found)
        {
            IsHidden |= _reader.TryReadObjectHeader(out _, out _);
            return null;
        }

        if (!found.HasStream || objects.ReadAt(found.Offset) is not PdfDictionary dictionary)
            return null;
        IsHidden |= !Plain.All(dictionary.IsPlain) || objects.IsDoubtful(found);
        if (IsHidden || streams.Decode(found, dictionary, isEncrypted: false) is not { } entries || dictionary["W"] is not PdfArray { Items.Count: 3 } widths)
            return null;
        Span<int> width = stackalloc int[3];
        for (var i = 0; i < 3; i++)
        {
            if (widths.Items[i] is not PdfNumber { Value: >= 0 and <= 8 } w)
                return null;
            width[i] = (int)w.Value;
        }

        var size = dictionary["Size"] as PdfNumber ?? new PdfNumber(0);
        IReadOnlyList<PdfValue> index = dictionary["Index"] is PdfArray array ? array.Items : [new PdfNumber(0), size];
        return Entries(entries, width, index) ? dictionary : null;
    }

    /// <summary>False: an entry is wrong, or there are fewer than the index says.</summary>
    private bool Entries(ReadOnlySpan<byte> entries, ReadOnlySpan<int> width, IReadOnlyList<PdfValue> index)
    {
        var length = width[0] + width[1] + width[2];
        for (var i = 0; i + 1 < index.Count; i += 2)
        {
            if (index[i] is not PdfNumber first || index[i + 1] is not PdfNumber count)
                return false;
            for (var k = 0; k < count.Value; k++, entries = entries[length..])
            {
                if (length == 0 || entries.Length < length)
                    return false;
                var kind = width[0] == 0 ? 1 : Field(entries[..width[0]]);
                var value = Field(entries.Slice(width[0], width[1]));
                var packedAt = kind == 2 ? (int)Math.Min(Field(entries.Slice(width[0] + width[1], width[2])), int.MaxValue) : -1;
                if (kind > 2 || !Enter((int)first.Value + k, isInUse: kind != 0, value, packedAt))
                    return false;
            }
        }

        return true;
    }

    private static long Field(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var b in bytes)
            value = (value << 8) | b;
        return value & long.MaxValue;
    }
}
