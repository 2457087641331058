using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>
/// The description of a picture file (ISO/IEC 23008-12, 6 and 10.2): its items lie inside the file, the one to show is a picture, all are within the pixel
/// limits, and EXIF, XMP and whatever else they hold is judged.
/// </summary>
internal sealed class PictureMeta(IsoFile file)
{
    private readonly PictureItems _items = new(file);
    private readonly Dictionary<string, IsoBox> _parts = new(StringComparer.Ordinal);
    private uint _references;
    private bool _isPicture;

    public bool IsThere { get; private set; }

    public Verdict.Refuse? Check(IsoBox meta)
    {
        if (IsThere)
            return file.Refusals.Missing(meta.Offset);
        IsThere = true;
        return file.WalkChildren(meta, Visit, skip: 4) ?? (_isPicture ? CheckParts(meta) : file.Refusals.Missing(meta.Offset));
    }

    private Verdict.Refuse? Visit(IsoBox box)
    {
        switch (box.Type)
        {
            case "hdlr":
                if (_isPicture || HandlerBox.KindOf(file, box) is not "pict" || !HandlerBox.HasWholeName(file, box))
                    return file.Refusals.Missing(box.Offset);
                _isPicture = true;
                return file.Metadata.HandlerName(box);
            case "dinf":
                return DataReferences.Check(file, box, count => _references = count);
            case "pitm" or "iinf" or "iloc" or "iprp" or "iref" or "idat":
                return _parts.TryAdd(box.Type, box) ? null : file.Refusals.Missing(box.Offset);
            default:
                return file.Other(box);
        }
    }

    private Verdict.Refuse? CheckParts(IsoBox meta)
    {
        if (!_parts.TryGetValue("pitm", out var primary) || !_parts.TryGetValue("iinf", out var infos) || !_parts.TryGetValue("iloc", out var locations) || !_parts.TryGetValue("iprp", out var properties))
            return file.Refusals.Missing(meta.Offset);
        var idat = _parts.TryGetValue("idat", out var data) ? data : (IsoBox?)null;
        return _items.ReadInfos(infos)
            ?? new ItemLocations(file, _items, idat, _references).Read(locations)
            ?? new ItemProperties(file, _items).Read(properties)
            ?? (_parts.TryGetValue("iref", out var references) ? _items.ReadReferences(references) : null)
            ?? CheckPrimary(primary)
            ?? new Derivations(file, _items).Check()
            ?? CheckItems();
    }

    private Verdict.Refuse? CheckPrimary(IsoBox box)
    {
        if (box.Length is not (6 or 8) || file.Reader.U8(box.Content) != (box.Length == 6 ? 0 : 1))
            return file.Refusals.Length(box.Offset);
        var primary = _items.Find((uint)file.Reader.Number(box.Content + 4, (int)box.Length - 4));
        return primary is { IsPicture: true } ? null : file.Refusals.Structure(box.Offset, "it has no picture");
    }

    private Verdict.Refuse? CheckItems()
    {
        var pixels = 0L;
        foreach (var item in _items.All)
        {
            pixels += item is { IsPicture: true, Size: { } size } ? (long)size.Width * size.Height : 0;
            if (pixels > file.Policy.MaxPixels * MediaLimits.PicturesWorth)
                return file.Refusals.Expands(item.Offset);
            if ((CheckProperties(item) ?? CheckItem(item)) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>Every picture has a size (23008-12, 6.5.3.1), and a coded one what its decoder needs (for HEVC annex B).</summary>
    private Verdict.Refuse? CheckProperties(PictureItem item)
    {
        if (!item.IsPicture || item is { Size: not null, IsConfigured: true })
            return null;
        return file.Refusals.Structure(item.Offset, item.Size is null ? "a picture of it has no size" : "it does not say how a picture of it is coded");
    }

    /// <summary>A picture that only turns another one has no data of its own (23008-12, 6.6.2.1).</summary>
    private Verdict.Refuse? CheckItem(PictureItem item)
    {
        if (item.Extents.Count == 0)
            return item.Type is "iden" ? null : file.Refusals.Structure(item.Offset, "some of its data is missing");
        if (item is { IsPicture: true, Type: not ("grid" or "iovl") })
            return null;
        if (file.Metadata.Gather(item.Extents) is { } refusal)
            return refusal;
        return item.Type switch
        {
            "grid" => PictureGrid.Check(file, item, file.Metadata.Gathered),
            "iovl" => PictureOverlay.Check(file, item, file.Metadata.Gathered),
            _ => ItemContent.Judge(file, item),
        };
    }
}
