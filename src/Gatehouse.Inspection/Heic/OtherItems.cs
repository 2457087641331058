using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>
/// The items of a description that is not the file's picture (ISO/IEC 14496-12, 8.11), in a video for one: few programs write any, but readers take EXIF and XMP from them as
/// from a picture's.
/// </summary>
internal sealed class OtherItems(IsoFile file)
{
    private readonly Dictionary<string, IsoBox> _lists = new(StringComparer.Ordinal);

    public Verdict.Refuse? Add(IsoBox box) => _lists.TryAdd(box.Type!, box) ? file.Metadata.Known(box) : file.Refusals.Missing(box.Offset);

    public Verdict.Refuse? Check()
    {
        if (!_lists.TryGetValue("iinf", out var infos) || !_lists.TryGetValue("iloc", out var locations))
            return null;
        var items = new PictureItems(file);
        var idat = _lists.TryGetValue("idat", out var data) ? data : (IsoBox?)null;
        return items.ReadInfos(infos) ?? new ItemLocations(file, items, idat, references: 0).Read(locations) ?? Judge(items);
    }

    private Verdict.Refuse? Judge(PictureItems items)
    {
        foreach (var item in items.All)
        {
            if (item.IsPicture || item.Extents.Count == 0)
                continue;
            if ((file.Metadata.Gather(item.Extents) ?? ItemContent.Judge(file, item)) is { } refusal)
                return refusal;
        }

        return null;
    }
}
