using Gatehouse.Inspection.IsoMedia;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Heic;

/// <summary>The items' properties (ISO/IEC 23008-12, 9.3, and 6.5 for the kinds): which item has which, and of those the pictures' sizes.</summary>
internal sealed class ItemProperties(IsoFile file, PictureItems items)
{
    private const int MaxProperties = 4096;
    private const int SizeLength = 12;

    private readonly List<(uint Width, uint Height)?> _sizes = [];

    public Verdict.Refuse? Read(IsoBox iprp) => file.WalkChildren(iprp, box => box.Type switch
    {
        "ipco" => file.WalkChildren(box, ReadProperty),
        "ipma" => ReadAssociations(box),
        _ => file.Other(box),
    });

    private Verdict.Refuse? ReadProperty(IsoBox box)
    {
        if (_sizes.Count == MaxProperties)
            return file.Refusals.Structure(box.Offset, "it has too many parts");
        if (box.Type is not "ispe")
        {
            _sizes.Add(null);
            return box.Code == IsoTypes.CodeOf("colr")
                ? file.Metadata.Value(MetadataKind.Icc, Math.Min(box.Content + 4, box.End), box.End)
                : file.Metadata.Value(MetadataKind.Opaque, box.Content, box.End);
        }

        if (box.Length != SizeLength)
            return file.Refusals.Length(box.Offset);
        var (width, height) = (file.Reader.U32(box.Content + 4), file.Reader.U32(box.Content + 8));
        _sizes.Add((width, height));
        if (width == 0 || height == 0)
            return file.Refusals.Structure(box.Offset, "its header is wrong");
        return file.IsWithinLimits(width, height) ? null : file.Refusals.Pixels(box.Offset, width, height);
    }

    /// <summary>Flags of the box say whether a property's number has 7 bits or 15; the bit above says that it matters.</summary>
    private Verdict.Refuse? ReadAssociations(IsoBox box)
    {
        if (box.Length < 8)
            return file.Refusals.Length(box.Offset);
        var idLength = file.Reader.U8(box.Content) == 0 ? 2 : 4;
        var numberLength = (file.Reader.U8(box.Content + 3) & 1) == 0 ? 1 : 2;
        var count = file.Reader.U32(box.Content + 4);
        var at = box.Content + 8;
        for (var i = 0u; i < count; i++)
        {
            if (at + idLength + 1 > box.End)
                return file.Refusals.Length(box.Offset);
            var item = items.Find((uint)file.Reader.Number(at, idLength));
            var end = at + idLength + 1 + (file.Reader.U8(at + idLength) * numberLength);
            if (end > box.End || item is null)
                return file.Refusals.Length(box.Offset);
            for (at += idLength + 1; at < end; at += numberLength)
            {
                var number = numberLength == 1 ? file.Reader.U8(at) & 0x7F : file.Reader.U16(at) & 0x7FFF;
                if (number > _sizes.Count)
                    return file.Refusals.Structure(at, "its list of parts is wrong");
                item.Size ??= number == 0 ? null : _sizes[number - 1];
            }
        }

        return at == box.End ? null : file.Refusals.Length(box.Offset);
    }
}
