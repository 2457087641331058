using Gatehouse.Inspection.Heic;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>A whole file of boxes: walks them to a bounded depth and number, and reads the parts that pictures and videos have in common.</summary>
internal sealed class IsoFile(IFileContent content, IsoRefusals refusals, InspectionPolicy policy, IsoStream stream, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Boxes in all, whatever their depth.</summary>
    private const int MaxBoxes = 300_000;

    private const int MaxDepth = 12;
    private const int BufferLength = 32 * 1024;
    private const int CursorLength = 8 * 1024;

    private IsoMetadata? _metadata;
    private int _boxes;
    private int _depth;

    public IsoReader Reader { get; } = new(content, BufferLength, cancellationToken);

    public IsoRefusals Refusals => refusals;

    public InspectionPolicy Policy => policy;

    public MediaRanges Media => stream.Media;

    public IsoMetadata Metadata => _metadata ??= new IsoMetadata(Reader, refusals);

    /// <summary>A second reader, for tables that are walked side by side.</summary>
    public IsoReader Cursor() => new(content, CursorLength, cancellationToken);

    public Verdict.Refuse? WalkTopLevel(Func<IsoBox, Verdict.Refuse?> visit) => Walk(0, stream.BoxesEnd, visit);

    public Verdict.Refuse? WalkChildren(IsoBox box, Func<IsoBox, Verdict.Refuse?> visit, int skip = 0) =>
        box.Length < skip ? refusals.Length(box.Offset) : Walk(box.Content + skip, box.End, visit);

    /// <summary>Boxes that fill a part of the file exactly.</summary>
    public Verdict.Refuse? Walk(long from, long end, Func<IsoBox, Verdict.Refuse?> visit)
    {
        if (++_depth > MaxDepth)
            return refusals.Structure(from, "its parts are nested too deep");
        for (var at = from; at < end;)
        {
            if (++_boxes > MaxBoxes)
                return refusals.Structure(at, "it has too many parts");
            if (Reader.BoxAt(at, end, mayBeOpen: _depth == 1) is not { } box)
                return refusals.Length(at);
            if (visit(box) is { } refusal)
                return refusal;
            at = box.End;
        }

        _depth--;
        return null;
    }

    /// <summary>
    /// What may stand anywhere: padding, user data, descriptions, vendors' boxes, unknown ones. Not the lists of a description (14496-12, 8.11), which readers
    /// read wherever they stand.
    /// </summary>
    public Verdict.Refuse? Other(IsoBox box) => box.Type switch
    {
        "udta" or "ilst" => UserData(box),
        "meta" => Meta(box),
        "uuid" or "XMP_" or "xml " or "bxml" => Metadata.Leaf(box),
        "free" or "skip" or "wide" => Metadata.Padding(box),
        { } type when IsoTypes.IsOfDescription(type) => Refusals.Missing(box.Offset),
        null => Metadata.Unknown(box),
        _ => Metadata.Known(box),
    };

    /// <summary>After the walk: media data to which no chunk, run or item led, which may be as long as unknown boxes.</summary>
    public Verdict.Refuse? CheckUnused() =>
        Media.Unused() is var (length, offset) && length > MediaLimits.Unknown ? refusals.Metadata(offset) : null;

    public bool IsWithinLimits(long width, long height) => width <= policy.MaxSide && height <= policy.MaxSide && width * height <= policy.MaxPixels;

    public void Dispose()
    {
        Reader.Dispose();
        _metadata?.Dispose();
    }

    /// <summary>QuickTime ends its lists with four zeros (QuickTime file format, "User data atoms").</summary>
    private Verdict.Refuse? UserData(IsoBox box)
    {
        var hasZeros = box.Length >= 4 && Reader.U32(box.End - 4) == 0 && !Fills(box.Content, box.End);
        return Walk(box.Content, hasZeros ? box.End - 4 : box.End, UserDataItem);
    }

    private Verdict.Refuse? UserDataItem(IsoBox box)
    {
        if (box.Type is "meta")
            return Meta(box);
        return IsList(box) ? Walk(box.Content, box.End, Metadata.Leaf) : Metadata.Leaf(box);
    }

    /// <summary>An item of a list holds a <c>data</c> box, with <c>mean</c> and <c>name</c> before it where the item names itself.</summary>
    private bool IsList(IsoBox box) => box.Length >= IsoBox.ShortHeader && IsoTypes.NameOf(Reader.U32(box.Content + 4)) is "data" or "mean" && Fills(box.Content, box.End);

    /// <summary>QuickTime's <c>meta</c> has no version before its boxes, the standard's has (8.11.1).</summary>
    private Verdict.Refuse? Meta(IsoBox box)
    {
        var isQuickTime = box.Length >= IsoBox.ShortHeader && Reader.U32(box.Content + 4) == IsoTypes.CodeOf("hdlr");
        var items = new OtherItems(this);
        return WalkChildren(box, child => IsoTypes.IsOfDescription(child.Type) ? items.Add(child) : MetaItem(child), isQuickTime ? 0 : 4) ?? items.Check();
    }

    private Verdict.Refuse? MetaItem(IsoBox box) => box.Type switch
    {
        "hdlr" => Metadata.HandlerName(box),
        "ilst" => UserData(box),
        "keys" => Metadata.Leaf(box),
        _ => Other(box),
    };

    private bool Fills(long from, long end)
    {
        var at = from;
        while (at < end && Reader.BoxAt(at, end, mayBeOpen: false) is { } box && ++_boxes < MaxBoxes)
            at = box.End;
        return at == end;
    }
}
