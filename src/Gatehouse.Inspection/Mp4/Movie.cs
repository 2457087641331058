using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>A movie's description (ISO/IEC 14496-12, 8.2): header, tracks, and what its fragments take for granted (8.8).</summary>
internal sealed class Movie(IsoFile file)
{
    /// <summary>Pictures, sound, subtitles in some dozen languages, metadata.</summary>
    private const int MaxTracks = 128;

    private const int TrackExtendsLength = 24;

    private readonly Dictionary<uint, uint> _defaultSizes = [];
    private int _tracks;
    private bool _hasHeader;

    public bool IsThere { get; private set; }

    public bool HasPictures { get; private set; }

    /// <summary>Whether fragments may follow.</summary>
    public bool IsFragmented { get; private set; }

    public Verdict.Refuse? Check(IsoBox moov)
    {
        if (IsThere)
            return file.Refusals.Missing(moov.Offset);
        IsThere = true;
        return file.WalkChildren(moov, Visit) ?? (_hasHeader && _tracks > 0 ? null : file.Refusals.Missing(moov.Offset));
    }

    /// <summary>The size of a track's samples in fragments that do not say it; null: there is no such track.</summary>
    public uint? DefaultSize(uint track) => _defaultSizes.TryGetValue(track, out var size) ? size : null;

    private Verdict.Refuse? Visit(IsoBox box)
    {
        switch (box.Type)
        {
            case "mvhd":
                _hasHeader = true;
                return file.Metadata.Known(box);
            case "trak":
                if (++_tracks > MaxTracks)
                    return file.Refusals.Structure(box.Offset, "it has too many parts");
                var track = new Track(file);
                var refusal = track.Check(box);
                HasPictures |= track.IsVisual;
                return refusal;
            case "mvex":
                IsFragmented = true;
                return file.WalkChildren(box, VisitExtends);
            case "rmra":
                return file.Refusals.External(box.Offset);
            case "cmov":
                return file.Refusals.Structure(box.Offset, "its description is compressed in an old way");
            default:
                return file.Other(box);
        }
    }

    private Verdict.Refuse? VisitExtends(IsoBox box)
    {
        if (box.Type is not "trex")
            return file.Other(box);
        if (box.Length != TrackExtendsLength || _defaultSizes.Count == MaxTracks)
            return file.Refusals.Length(box.Offset);
        _defaultSizes[file.Reader.U32(box.Content + 4)] = file.Reader.U32(box.Content + 16);
        return null;
    }
}
