using Gatehouse.Inspection.IsoMedia;
using Gatehouse.Inspection.Mp4;
using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Heic;

/// <summary>
/// Walks a HEIC or HEIF file (ISO/IEC 23008-12 in the boxes of 14496-12): top-level boxes while it is received; then the pictures' description or, in
/// sequences, the tracks. Refusals: see docs/inspection.md.
/// </summary>
public sealed class HeicValidator : IValidator
{
    private static readonly IsoRefusals Hevc = new("image/heic", "HEIC picture", "picture");
    private static readonly IsoRefusals General = new("image/heif", "HEIF picture", "picture");

    private readonly InspectionPolicy _policy;
    private readonly IsoRefusals _refusals;
    private readonly IsoStream _stream;

    private HeicValidator(InspectionPolicy policy, IsoRefusals refusals)
    {
        _policy = policy;
        _refusals = refusals;
        _stream = new IsoStream(refusals);
    }

    /// <summary>Pictures coded with HEVC, as phones take them.</summary>
    public static ValidatorEntry Entry { get; } = EntryFor(Hevc);

    /// <summary>Pictures whose brands name no coding.</summary>
    public static ValidatorEntry GeneralEntry { get; } = EntryFor(General);

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (_stream.Finish() is { } refusal)
            return refusal;
        using var boxes = new IsoFile(file, _refusals, _policy, _stream, cancellationToken);
        return Judge(boxes) ?? (Verdict)new Verdict.Accept(_refusals.Mime, Charset: null, Flags: []);
    }

    public void Dispose() => _stream.Dispose();

    private Verdict.Refuse? Judge(IsoFile file)
    {
        var picture = new PictureMeta(file);
        var sequence = new Movie(file);
        var refusal = file.WalkTopLevel(box => box.Type switch
        {
            "ftyp" when box.Offset == 0 => FileBrands.CheckPicture(file, box),
            "mdat" => null,
            "meta" => picture.Check(box),
            "moov" => sequence.Check(box),
            "mpvd" => MotionVideo(file, box),
            "ftyp" or "hdlr" or "dinf" => file.Refusals.Missing(box.Offset),
            _ => file.Other(box),
        });
        return refusal ?? (picture.IsThere || sequence.HasPictures ? file.CheckUnused() : _refusals.Truncated(file.Reader.FileLength));
    }

    /// <summary>A motion photo's video (Motion Photo format 1.0, "HEIC"): a file of boxes of its own, as behind a JPEG.</summary>
    private static Verdict.Refuse? MotionVideo(IsoFile file, IsoBox mpvd) => file.WalkChildren(mpvd, box =>
        (box.Offset == mpvd.Content) != (box.Type is "ftyp") ? file.Refusals.Structure(box.Offset, "its video is damaged") : InMotionVideo(file, box));

    private static Verdict.Refuse? InMotionVideo(IsoFile file, IsoBox box) => box.Type switch
    {
        "mdat" => null,
        null => file.Metadata.Unknown(box),
        "free" or "skip" or "wide" => file.Metadata.Padding(box),
        _ => file.Metadata.Known(box),
    };

    private static ValidatorEntry EntryFor(IsoRefusals refusals) => new(
        refusals.Mime, prefix => IsoMediaKinds.IsWhole(prefix, refusals.Mime), policy => new HeicValidator(policy, refusals));
}
