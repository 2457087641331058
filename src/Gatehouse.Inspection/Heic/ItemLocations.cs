using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Heic;

/// <summary>Where the items' data stands (ISO/IEC 14496-12, 8.11.3): in pieces of the media data or of the <c>idat</c> box beside the list.</summary>
internal sealed class ItemLocations(IsoFile file, PictureItems items, IsoBox? idat, uint references)
{
    private const int MaxExtents = 16 * 1024;

    private readonly IsoReader _reader = file.Reader;
    private int _extents;

    public Verdict.Refuse? Read(IsoBox iloc)
    {
        if (iloc.Length < 8)
            return file.Refusals.Length(iloc.Offset);
        var version = _reader.U8(iloc.Content);
        var sizes = _reader.U16(iloc.Content + 4);
        var layout = new Layout(version, sizes >> 12, (sizes >> 8) & 0xF, (sizes >> 4) & 0xF, version == 0 ? 0 : sizes & 0xF);
        if (version > 2 || !layout.IsSane)
            return Wrong(iloc);
        var at = iloc.Content + 6;
        var idLength = version == 2 ? 4 : 2;
        if (at + idLength > iloc.End)
            return file.Refusals.Length(iloc.Offset);
        var count = (uint)_reader.Number(at, idLength);
        at += idLength;
        for (var i = 0u; i < count; i++)
        {
            if (ReadItem(iloc, layout, ref at) is { } refusal)
                return refusal;
        }

        return at == iloc.End ? null : file.Refusals.Length(iloc.Offset);
    }

    private Verdict.Refuse? ReadItem(IsoBox iloc, Layout layout, ref long at)
    {
        var head = layout.IdLength + layout.MethodLength + 2 + layout.Base + 2;
        if (at + head > iloc.End)
            return file.Refusals.Length(iloc.Offset);
        var item = items.Find((uint)_reader.Number(at, layout.IdLength));
        var method = layout.MethodLength == 0 ? 0 : _reader.U16(at + layout.IdLength) & 0xF;
        var reference = _reader.U16(at + layout.IdLength + layout.MethodLength);
        var from = _reader.Number(at + layout.IdLength + layout.MethodLength + 2, layout.Base);
        var extents = _reader.U16(at + head - 2);
        at += head;
        if (item is null || item.Extents.Count > 0 || method > 1 || reference > references)
            return Wrong(iloc);
        for (var i = 0; i < extents; i++, at += layout.ExtentLength)
        {
            if (at + layout.ExtentLength > iloc.End || ++_extents > MaxExtents)
                return file.Refusals.Length(iloc.Offset);
            var within = _reader.Number(at + layout.Index, layout.Offset);
            var length = _reader.Number(at + layout.Index + layout.Offset, layout.Length);
            if (within > ulong.MaxValue - from || Place(method, from + within, length) is not { } place)
                return file.Refusals.Structure(at, "it says that its data is where none is");
            item.Extents.Add(place);
        }

        return null;
    }

    private (long From, long End)? Place(int method, ulong offset, ulong length)
    {
        if (offset > long.MaxValue || length is 0 or > long.MaxValue)
            return null;
        var (from, size) = ((long)offset, (long)length);
        if (method == 0)
            return file.Media.Holds(from, size) ? (from, from + size) : null;
        return idat is { } data && from <= data.Length && size <= data.Length - from ? (data.Content + from, data.Content + from + size) : null;
    }

    private Verdict.Refuse Wrong(IsoBox iloc) => file.Refusals.Structure(iloc.Offset, "its list of parts is wrong");

    /// <summary>How long the list's numbers are, in bytes.</summary>
    private readonly record struct Layout(int Version, int Offset, int Length, int Base, int Index)
    {
        public int IdLength => Version == 2 ? 4 : 2;

        public int MethodLength => Version == 0 ? 0 : 2;

        public int ExtentLength => Index + Offset + Length;

        public bool IsSane => Offset is 0 or 4 or 8 && Length is 4 or 8 && Base is 0 or 4 or 8 && Index is 0 or 4 or 8;
    }
}
