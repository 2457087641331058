using Gatehouse.Actors;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Gateway.Links;

/// <summary>
/// <c>GET /files/{id}?key=…&amp;expires=…&amp;signature=…</c>: the bytes of an upload, for whoever holds a link to it. The file came from a stranger, so a browser may do nothing with it but save it. Links that are
/// unknown, tampered with, expired, or whose file is gone get one answer; without a valid signature nothing is looked up, so the time it takes tells nothing either.
/// </summary>
public sealed partial class FileLinkEndpoint(LinkSigner signer, IUploadRows rows, ISmallFiles small, LinkedFiles files, TimeProvider time, ILogger<FileLinkEndpoint> logger, IBlobLinks? store = null)
{
    /// <summary>What a link's path begins with, after <c>Links:PublicBaseUrl</c>.</summary>
    public const string Path = "/files/";

    /// <summary>A redirect is followed at once.</summary>
    private static readonly TimeSpan RedirectLife = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The same for every link that gives nothing.</summary>
    private static readonly Problem NoSuchLink = new(ProblemCodes.Forbidden)
    {
        Error = "This link is not valid or has expired. Ask whoever sent it for the file.",
        Detail = "The link is unknown, was changed, has expired, or its file is gone.",
    };

    public async Task HandleAsync(HttpContext http, string id)
    {
        var isId = UploadId.TryParse(id, out var upload);
        var isValid = signer.IsValid(upload, http.Features.Get<PresentedLink>()?.Query ?? "", time.GetUtcNow());
        Harden(http.Response.Headers);
        if (!isId || !isValid || await rows.FindAsync(upload, http.RequestAborted) is not { } row)
        {
            await ProblemResponse.WriteAsync(http, NoSuchLink, http.RequestAborted);
            return;
        }
        try
        {
            if (store is not null && HttpMethods.IsGet(http.Request.Method) && await IsInStoreAsync(row, http.RequestAborted))
            {
                await RedirectAsync(http, row, store);
                return;
            }
            using var file = HttpMethods.IsHead(http.Request.Method) ? await files.OpenUnreadAsync(row, http.RequestAborted) : await files.OpenAsync(row, http.RequestAborted);
            if (file is not null)
            {
                await SendAsync(http, row, file);
                LogFetched(logger, row.Id, http.Response.StatusCode, http.Response.ContentLength);
                return;
            }
        }
        catch (InvalidDataException e)
        {
            LogDamaged(logger, row.Id, e);
        }
        catch (IOException e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            LogUnreadable(logger, row.Id, e);
            await ProblemResponse.WriteAsync(http, new Problem(ProblemCodes.Busy) { RetryAfter = BusyRetryAfter }, http.RequestAborted);
            return;
        }
        await ProblemResponse.WriteAsync(http, NoSuchLink, http.RequestAborted);
    }

    private async ValueTask<bool> IsInStoreAsync(UploadRow row, CancellationToken cancellationToken)
    {
        if (!(await rows.WithFilesAsync([row.Id], cancellationToken)).Contains(row.Id)) return false;
        if (row.Size > Delivery.FilePlaces.SmallFileBytes) return true;
        using var beside = await small.OpenAsync(row.Id, cancellationToken);
        return beside is null;
    }

    /// <summary>The bytes come from the object store, by a link of its own that lives for a minute. HEAD is answered here: the store's link is for GET alone.</summary>
    private async Task RedirectAsync(HttpContext http, UploadRow row, IBlobLinks store)
    {
        var address = await store.SignAsync(row.Id, Presentation.Of(row), time.GetUtcNow() + RedirectLife, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        http.Response.Headers.Location = address.AbsoluteUri;
        LogFetched(logger, row.Id, http.Response.StatusCode, bytes: 0);
    }

    /// <summary>Ranges, preconditions and HEAD are ASP.NET Core's (RFC 9110, sections 13 and 14): one range is 206, several are answered with the whole, one past the end is 416.</summary>
    private static async Task SendAsync(HttpContext http, UploadRow row, FileBytes file)
    {
        await TypedResults.Stream(
            new FileBytesStream(file), Presentation.Of(row).ContentType, row.Filename, lastModified: null, new EntityTagHeaderValue($"\"{row.Sha256}\""), enableRangeProcessing: true).ExecuteAsync(http);
    }

    private static void Harden(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    [LoggerMessage(EventId = 1601, Level = LogLevel.Information, Message = "Upload {Upload} was fetched by a link: {Status}, {Bytes} bytes")]
    private static partial void LogFetched(ILogger logger, UploadId upload, int status, long? bytes);

    [LoggerMessage(EventId = 1602, Level = LogLevel.Critical, Message = "Upload {Upload}: its stored bytes are not those that were received; its link gives nothing")]
    private static partial void LogDamaged(ILogger logger, UploadId upload, Exception error);

    [LoggerMessage(EventId = 1603, Level = LogLevel.Error, Message = "Upload {Upload}: its bytes could not be read for a link")]
    private static partial void LogUnreadable(ILogger logger, UploadId upload, Exception error);
}
