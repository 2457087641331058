using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>One track (ISO/IEC 14496-12, 8.3 and 8.4): its header, its media with handler, source of data and samples.</summary>
internal sealed class Track(IsoFile file)
{
    private string? _kind;
    private uint _references;
    private bool _hasHeader;
    private bool _hasMediaHeader;
    private IsoBox? _media;
    private IsoBox? _information;
    private IsoBox? _samples;

    /// <summary>A moving picture, or a sequence of pictures.</summary>
    public bool IsVisual => _kind is "vide" or "pict" or "auxv";

    public Verdict.Refuse? Check(IsoBox trak)
    {
        if (file.WalkChildren(trak, VisitTrack) is { } refusal)
            return refusal;
        if (!_hasHeader || _media is not { } media)
            return file.Refusals.Missing(trak.Offset);
        if (file.WalkChildren(media, VisitMedia) is { } inMedia)
            return inMedia;
        if (!_hasMediaHeader || _kind is null || _information is not { } information)
            return file.Refusals.Missing(media.Offset);
        if (file.WalkChildren(information, VisitInformation) is { } inInformation)
            return inInformation;
        return _references > 0 && _samples is { } samples
            ? new SampleTable(file, IsVisual, _references).Check(samples)
            : file.Refusals.Missing(information.Offset);
    }

    private Verdict.Refuse? VisitTrack(IsoBox box)
    {
        switch (box.Type)
        {
            case "tkhd" when !_hasHeader:
                _hasHeader = true;
                return CheckHeader(box);
            case "mdia" when _media is null:
                _media = box;
                return null;
            case "edts":
                return file.WalkChildren(box, file.Metadata.Known);
            case "tkhd" or "mdia":
                return file.Refusals.Missing(box.Offset);
            default:
                return file.Other(box);
        }
    }

    /// <summary>Width and height are the last fields (8.3.2), 16 bits before the point.</summary>
    private Verdict.Refuse? CheckHeader(IsoBox box)
    {
        const int Version0 = 84;
        const int Version1 = 96;
        if (box.Length is not (Version0 or Version1))
            return file.Refusals.Length(box.Offset);
        var (width, height) = (file.Reader.U32(box.End - 8) >> 16, file.Reader.U32(box.End - 4) >> 16);
        return file.IsWithinLimits(width, height) ? null : file.Refusals.Pixels(box.Offset, width, height);
    }

    private Verdict.Refuse? VisitMedia(IsoBox box)
    {
        switch (box.Type)
        {
            case "mdhd":
                _hasMediaHeader = true;
                return file.Metadata.Known(box);
            case "hdlr":
                if (_kind is not null || HandlerBox.KindOf(file, box) is not { } kind)
                    return file.Refusals.Missing(box.Offset);
                _kind = kind;
                return file.Metadata.HandlerName(box);
            case "minf" when _information is null:
                _information = box;
                return null;
            case "minf":
                return file.Refusals.Missing(box.Offset);
            default:
                return file.Other(box);
        }
    }

    private Verdict.Refuse? VisitInformation(IsoBox box)
    {
        switch (box.Type)
        {
            case "dinf":
                return DataReferences.Check(file, box, count => _references = count);
            case "stbl" when _samples is null:
                _samples = box;
                return null;
            case "stbl":
                return file.Refusals.Missing(box.Offset);
            case "hdlr":
                return file.Metadata.HandlerName(box);
            default:
                return file.Other(box);
        }
    }
}
