using Gatehouse.Inspection.IsoMedia;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Jpeg;

/// <summary>What may stand behind a picture's EOI, walked to the file's last byte: pictures of a multi-picture file, a motion photo's video, Samsung's data, zeros.</summary>
internal sealed class JpegTail(IFileContent file, JpegMetadata metadata, InspectionPolicy policy)
{
    private const int ReadLength = 64 * 1024;

    private long _zeros;

    /// <summary>Where the video begins that is declared, if one is.</summary>
    private long Video => metadata.MotionLength > 0 ? file.Length - metadata.MotionLength : -1;

    public Verdict.Refuse? Walk(long from, CancellationToken cancellationToken)
    {
        using var buffer = new PooledSpan<byte>(ReadLength);
        for (var at = from; at < file.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (end, refusal) = WalkOne(at, buffer.Span);
            if (refusal is not null)
                return refusal;
            if (end == at)
                return JpegRefusals.Trailing(at, file.Length - at);
            at = end;
        }

        return null;
    }

    /// <summary>The end of the part that begins here; the same place when it is none of the known.</summary>
    private (long End, Verdict.Refuse? Refusal) WalkOne(long at, Span<byte> buffer)
    {
        foreach (var picture in metadata.Pictures)
        {
            if (picture.Offset == at)
                return WalkPicture(picture, buffer);
        }

        if (at == Video && IsoMediaBoxes.End(file, at) is var videoEnd && videoEnd > at)
            return (videoEnd, SearchAll(IsoMediaBoxes.Unplayed(file, at), buffer));
        if (SamsungTrailer.Find(file, at) is { } samsung)
            return (file.Length, SearchAll(samsung, buffer));
        // A video's first bytes are zeros as well, its first box's size, so padding before it ends there.
        return (SkipZeros(at, Video > at ? Video : file.Length, buffer), null);
    }

    /// <summary>A valid JPEG that ends inside its declared size, zeros up to there.</summary>
    private (long End, Verdict.Refuse? Refusal) WalkPicture(MultiPicture picture, Span<byte> buffer)
    {
        var end = picture.Offset + picture.Size;
        if (end > file.Length)
            return (end, JpegRefusals.Truncated(file.Length));
        using var inner = new JpegValidator(policy, metadata.Comments);
        for (var at = picture.Offset; at < end;)
        {
            var piece = buffer[..file.ReadAt(at, buffer[..(int)Math.Min(ReadLength, end - at)])];
            if (inner.Write(piece) is { } refusal)
                return (end, refusal with { Offset = picture.Offset + refusal.Offset });
            if (piece.IsEmpty)
                break;
            at += piece.Length;
        }

        if (inner.FinishPicture(new FilePart(file, picture.Offset, picture.Size)) is { } atEnd)
            return (end, atEnd with { Offset = picture.Offset + atEnd.Offset });
        var innerEnd = SkipZeros(picture.Offset + inner.EndOffset, end, buffer);
        return innerEnd == end ? (end, null) : (end, JpegRefusals.Trailing(innerEnd, end - innerEnd));
    }

    private long SkipZeros(long at, long end, Span<byte> buffer)
    {
        while (at < end && _zeros < MediaLimits.Zeros)
        {
            var wanted = (int)Math.Min(Math.Min(ReadLength, end - at), MediaLimits.Zeros - _zeros);
            var piece = buffer[..file.ReadAt(at, buffer[..wanted])];
            var zeros = piece.IndexOfAnyExcept((byte)0);
            var skipped = zeros < 0 ? piece.Length : zeros;
            _zeros += skipped;
            at += skipped;
            if (zeros >= 0 || piece.IsEmpty)
                break;
        }

        return at;
    }

    private Verdict.Refuse? SearchAll(IReadOnlyList<(long Offset, long Length)> parts, Span<byte> buffer)
    {
        using var search = new StreamedSearch(JpegRefusals.Mime);
        foreach (var (offset, length) in parts)
        {
            search.Start(offset);
            for (var at = offset; at < offset + length;)
            {
                var piece = buffer[..file.ReadAt(at, buffer[..(int)Math.Min(ReadLength, offset + length - at)])];
                if (search.Write(piece) is { } refusal)
                    return refusal;
                if (piece.IsEmpty)
                    break;
                at += piece.Length;
            }

            if (search.Finish() is { } atEnd)
                return atEnd;
        }

        return null;
    }
}
