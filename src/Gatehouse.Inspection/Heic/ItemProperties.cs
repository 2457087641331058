using Gatehouse.Inspection.IsoMedia;
using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.Heic;

/// <summary>
/// The items' properties (ISO/IEC 23008-12, 9.3, and 6.5 for the kinds): first all of them, then which item has which. Of those the pictures' sizes, and
/// that a decoder is told how they are coded.
/// </summary>
internal sealed class ItemProperties(IsoFile file, PictureItems items)
{
    private const int MaxProperties = 4096;

    private readonly List<Property> _properties = [];
    private bool _areListed;
    private bool _areAssociated;

    public Verdict.Refuse? Read(IsoBox iprp) =>
        file.WalkChildren(iprp, Visit) ?? (_areAssociated ? null : file.Refusals.Missing(iprp.Offset));

    private Verdict.Refuse? Visit(IsoBox box)
    {
        switch (box.Type)
        {
            case "ipco" when !_areListed:
                _areListed = true;
                return file.WalkChildren(box, ReadProperty);
            case "ipma" when _areListed:
                _areAssociated = true;
                return ReadAssociations(box);
            default:
                return file.Other(box);
        }
    }

    private Verdict.Refuse? ReadProperty(IsoBox box)
    {
        if (box.Type is "hdlr" || IsoTypes.IsOfDescription(box.Type))
            return file.Refusals.Missing(box.Offset);
        if (_properties.Count == MaxProperties)
            return file.Refusals.Structure(box.Offset, "it has too many parts");
        if (!PropertyFields.AreWhole(file.Reader, box))
            return file.Refusals.Length(box.Offset);
        if (box.Type is not "ispe")
        {
            _properties.Add(new Property(box.Code, Size: null));
            return box.Code == IsoTypes.CodeOf("colr")
                ? file.Metadata.Value(MetadataKind.Icc, box.Content + 4, box.End)
                : file.Metadata.Value(MetadataKind.Unknown, box.Content, box.End);
        }

        var (width, height) = (file.Reader.U32(box.Content + 4), file.Reader.U32(box.Content + 8));
        _properties.Add(new Property(box.Code, (width, height)));
        if (width == 0 || height == 0)
            return file.Refusals.Structure(box.Offset, "its header is wrong");
        return file.IsWithinLimits(width, height) ? null : file.Refusals.Pixels(box.Offset, width, height);
    }

    /// <summary>Flags of the box say whether a property's number has 7 bits or 15; the bit above says that it matters.</summary>
    private Verdict.Refuse? ReadAssociations(IsoBox box)
    {
        if (box.Length < 8)
            return file.Refusals.Length(box.Offset);
        var version = file.Reader.U8(box.Content);
        if (version > 1)
            return Wrong(box.Offset);
        var idLength = version == 0 ? 2 : 4;
        var numberLength = (file.Reader.U8(box.Content + 3) & 1) == 0 ? 1 : 2;
        var count = file.Reader.U32(box.Content + 4);
        var at = box.Content + 8;
        for (var i = 0u; i < count; i++)
        {
            if (at + idLength + 1 > box.End)
                return file.Refusals.Length(box.Offset);
            var item = items.Find((uint)file.Reader.Number(at, idLength));
            var end = at + idLength + 1 + (file.Reader.U8(at + idLength) * numberLength);
            if (end > box.End)
                return file.Refusals.Length(box.Offset);
            // All lists together have an item once.
            if (item is null || item.HasProperties)
                return Wrong(at);
            item.HasProperties = true;
            for (at += idLength + 1; at < end; at += numberLength)
            {
                if (Associate(item, numberLength == 1 ? file.Reader.U8(at) & 0x7F : file.Reader.U16(at) & 0x7FFF, at) is { } refusal)
                    return refusal;
            }
        }

        return at == box.End ? null : file.Refusals.Length(box.Offset);
    }

    /// <summary>Number 0 is no property.</summary>
    private Verdict.Refuse? Associate(PictureItem item, int number, long at)
    {
        if (number > _properties.Count)
            return Wrong(at);
        if (number == 0)
            return null;
        var property = _properties[number - 1];
        item.Size ??= property.Size;
        item.IsConfigured |= PictureItem.ConfigurationOf(item.Type) is { } needed && property.Code == IsoTypes.CodeOf(needed);
        return null;
    }

    private Verdict.Refuse Wrong(long at) => file.Refusals.Structure(at, "its list of parts is wrong");

    private readonly record struct Property(uint Code, (uint Width, uint Height)? Size);
}
