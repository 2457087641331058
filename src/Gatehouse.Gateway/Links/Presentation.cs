using Gatehouse.Actors;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Gateway.Links;

/// <summary>How a file is given out, whoever does it: as the type that its bytes were found to be, and to be saved, not shown.</summary>
internal static class Presentation
{
    public static BlobPresentation Of(UploadRow row)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        // An ASCII form for old programs and the whole name beside it (RFC 6266, section 5, and RFC 8187).
        disposition.SetHttpFileName(row.Filename);
        return new BlobPresentation(TypeOf(row), disposition.ToString());
    }

    private static string TypeOf(UploadRow row) =>
        new MediaTypeHeaderValue(row.Mime) { Charset = row.Mime.StartsWith("text/", StringComparison.Ordinal) ? row.Charset : null }.ToString();
}
