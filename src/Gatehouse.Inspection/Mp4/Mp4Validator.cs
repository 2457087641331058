using Gatehouse.Inspection.IsoMedia;
using Gatehouse.Inspection.Signatures;

namespace Gatehouse.Inspection.Mp4;

/// <summary>
/// Walks an MP4 file (ISO/IEC 14496-12 and 14496-14): top-level boxes while it is received; then the movie, its tracks' sample tables and its fragments,
/// whose data must lie inside the media data, and every value beside it. Refusals: see docs/inspection.md.
/// </summary>
public sealed class Mp4Validator(InspectionPolicy policy) : IValidator
{
    private static readonly IsoRefusals Sentences = new("video/mp4", "MP4 video", "video");

    private readonly IsoStream _stream = new(Sentences);

    public static ValidatorEntry Entry { get; } =
        new(Sentences.Mime, static prefix => IsoMediaKinds.IsWhole(prefix, Sentences.Mime), static policy => new Mp4Validator(policy));

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public Verdict Complete(IFileContent file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (_stream.Finish() is { } refusal)
            return refusal;
        using var boxes = new IsoFile(file, Sentences, policy, _stream, cancellationToken);
        return Judge(boxes) ?? (Verdict)new Verdict.Accept(Sentences.Mime, Charset: null, Flags: []);
    }

    public void Dispose() => _stream.Dispose();

    private static Verdict.Refuse? Judge(IsoFile file)
    {
        var movie = new Movie(file);
        var refusal = file.WalkTopLevel(box => box.Type switch
        {
            "ftyp" when box.Offset == 0 => FileBrands.CheckVideo(file, box),
            "mdat" => null,
            "moov" => movie.Check(box),
            "moof" => new Fragment(file, movie, box).Check(),
            "ftyp" => file.Refusals.Missing(box.Offset),
            _ => file.Other(box),
        });
        if (refusal is not null)
            return refusal;
        if (!movie.IsThere)
            return Sentences.Truncated(file.Reader.FileLength);
        return movie.HasPictures ? file.CheckUnused() : RecordingOnly;
    }

    /// <summary>Named so by RFC 4337, section 2: no track of pictures.</summary>
    private static Verdict.Refuse RecordingOnly => new(
        RefusalCode.TypeNotAllowed, Reason: null, "audio/mp4", Offset: 0, "This is a recording without a picture (MP4 audio). Recordings cannot be sent here: write down what it says and send that.");
}
