using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>The items of a picture file and what refers to what (ISO/IEC 14496-12, 8.11.6 and 8.11.12).</summary>
internal sealed class PictureItems(IsoFile file)
{
    /// <summary>The tiles of a picture of 200 Mpx, of its depth map and of its gain map, twice over.</summary>
    private const int MaxItems = 4096;

    /// <summary>An item's name and types, in bytes: real ones have some dozen.</summary>
    private const int MaxTexts = 1024;

    /// <summary>All pictures' inputs together: each of the items in sixteen of them.</summary>
    private const int MaxInputs = 16 * MaxItems;

    private readonly Dictionary<uint, PictureItem> _items = [];
    private int _inputs;

    public IReadOnlyCollection<PictureItem> All => _items.Values;

    public PictureItem? Find(uint id) => _items.GetValueOrDefault(id);

    /// <summary>An <c>iinf</c> box.</summary>
    public Verdict.Refuse? ReadInfos(IsoBox iinf)
    {
        var idLength = iinf.Length >= 6 && file.Reader.U8(iinf.Content) == 0 ? 2 : 4;
        if (iinf.Length < 4 + idLength || _items.Count > 0)
            return file.Refusals.Missing(iinf.Offset);
        var declared = file.Reader.Number(iinf.Content + 4, idLength);
        return file.WalkChildren(iinf, ReadInfo, 4 + idLength) ?? ((ulong)_items.Count == declared ? null : file.Refusals.Missing(iinf.Offset));
    }

    /// <summary>An <c>iref</c> box.</summary>
    public Verdict.Refuse? ReadReferences(IsoBox iref) => iref.Length < 4
        ? file.Refusals.Length(iref.Offset)
        : file.WalkChildren(iref, box => ReadReference(box, file.Reader.U8(iref.Content) == 0 ? 2 : 4), skip: 4);

    /// <summary>Version 2 has numbers of two bytes, version 3 of four; older ones have no pictures.</summary>
    private Verdict.Refuse? ReadInfo(IsoBox infe)
    {
        if (infe.Type is not "infe")
            return file.Other(infe);
        if (infe.Length < 12 || file.Reader.U8(infe.Content) is not (2 or 3) || _items.Count == MaxItems)
            return Wrong(infe);
        var idLength = file.Reader.U8(infe.Content) == 2 ? 2 : 4;
        var typeAt = infe.Content + 4 + idLength + 2;
        if (typeAt + 4 > infe.End)
            return file.Refusals.Length(infe.Offset);
        if (file.Reader.U16(typeAt - 2) != 0)
            return file.Refusals.Encrypted(infe.Offset);
        var type = IsoTypes.NameOf(file.Reader.U32(typeAt));
        if (ReadTexts(infe, typeAt + 4, type, out var isXml) is { } refusal)
            return refusal;
        var id = (uint)file.Reader.Number(infe.Content + 4, idLength);
        if (!_items.TryAdd(id, new PictureItem(id, infe.Offset, type, isXml)))
            return file.Refusals.Missing(infe.Offset);
        return file.Metadata.Value(Inspection.Metadata.MetadataKind.Text, typeAt + 4, infe.End);
    }

    /// <summary>
    /// The item's name, and behind it the content's type where the item has one (8.11.6.2), each ending with a zero. How a content is packed may follow: cameras
    /// pack none, and readers that unpack it would see what nobody else saw.
    /// </summary>
    private Verdict.Refuse? ReadTexts(IsoBox infe, long from, string? type, out bool isXml)
    {
        isXml = false;
        if (infe.End - from > MaxTexts)
            return file.Refusals.Structure(infe.Offset, "a name in it is too long");
        var texts = file.Reader.Bytes(from, (int)(infe.End - from));
        var contentType = ReadOnlySpan<byte>.Empty;
        if (!TryTake(ref texts, out _) || (type is "mime" or "uri " && !TryTake(ref texts, out contentType)))
            return file.Refusals.Structure(infe.Offset, "a name in it does not end");
        isXml = Text.Spelling.IndexOf(contentType, "xml"u8) >= 0;
        return type is "mime" && texts.ContainsAnyExcept((byte)0) ? file.Refusals.Structure(infe.Offset, "a description in it is compressed") : null;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> texts, out ReadOnlySpan<byte> text)
    {
        var end = texts.IndexOf((byte)0);
        text = end < 0 ? texts : texts[..end];
        texts = texts[(end + 1)..];
        return end >= 0;
    }

    private Verdict.Refuse? ReadReference(IsoBox box, int idLength)
    {
        if (box.Length < idLength + 2)
            return file.Refusals.Length(box.Offset);
        var item = Find((uint)file.Reader.Number(box.Content, idLength));
        var count = file.Reader.U16(box.Content + idLength);
        var isMade = box.Type is "dimg";
        if (item is null || box.Length != idLength + 2 + (count * (long)idLength) || (isMade && (count == 0 || item.Inputs.Count > 0 || (_inputs += count) > MaxInputs)))
            return Wrong(box);
        var inputs = new List<uint>(isMade ? count : 0);
        for (var at = box.Content + idLength + 2; at < box.End; at += idLength)
        {
            var id = (uint)file.Reader.Number(at, idLength);
            if (Find(id) is null)
                return Wrong(box);
            if (isMade)
                inputs.Add(id);
        }

        if (isMade)
            item.Inputs = inputs;
        return null;
    }

    private Verdict.Refuse Wrong(IsoBox box) => file.Refusals.Structure(box.Offset, "its list of parts is wrong");
}
