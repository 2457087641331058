using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Pdf;

/// <summary>Another format among the file's raw bytes: in comments, unpacked streams, strings. Those who open one look for its signature, wherever it stands.</summary>
internal static class GuestSearch
{
    private const int Piece = 16 * 1024;

    public static Verdict.Refuse? Find(PdfSource source, RawWords words, CancellationToken cancellationToken)
    {
        using var search = new StreamedSearch(PdfValidator.Mime, isInPdf: true);
        using var piece = new PooledSpan<byte>(Piece);
        search.Start(0, withScripts: false);
        for (long at = 0; source.Read(at, piece.Span) is var read and > 0; at += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            words.Write(piece.Span[..read]);
            if (search.Write(piece.Span[..read]) is { } refusal)
                return refusal;
        }

        return search.Finish();
    }
}
