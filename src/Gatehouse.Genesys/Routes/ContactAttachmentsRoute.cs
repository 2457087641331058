using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// The route <c>contact-attachments</c>: <c>POST /api/v2/externalcontacts/{contactId}/attachments</c>, <c>multipart/form-data</c> with one field <c>file</c>. Genesys Cloud's public
/// API documents no such operation (<see cref="StartupWarning"/>); it serves gateways and simulators that do, and deployments that were built on it.
/// </summary>
public sealed class ContactAttachmentsRoute(GenesysClient client, ITokenGate gate, IContactResolver contacts) : IDeliveryRoute
{
    public const string RouteName = "contact-attachments";

    /// <summary>The largest file that it carries: 10 MiB.</summary>
    public const long MostBytes = 10 * 1024 * 1024;

    /// <summary>
    /// Genesys documents 512,000 bytes as the longest request body of its API. Above it a refusal is likely, so the head is sent first and the body only when it is wanted
    /// (RFC 9110, section 10.1.1), or when nothing was said for a moment. Until the far side has taken such a body once: asking costs a round trip.
    /// </summary>
    private const long AskFirstAboveBytes = 512_000;

    private volatile bool _takesLarge;

    public string Name => RouteName;

    public long MaxFileBytes => MostBytes;

    /// <summary>What an operator must be told before this route is used with these hosts; null: nothing.</summary>
    public static string? StartupWarning(GenesysHosts hosts) => hosts.IsGenesysCloud
        ? $"The route {RouteName} is on offer, but the public API of Genesys Cloud ({hosts.Api.Host}) documents no operation that attaches a file to an external contact (ExternalContactsApi of its .NET SDK 270.0.0), and limits a request to 512,000 bytes. "
            + "Expect 404 or 413 unless Genesys has enabled this for your organization; set Genesys:ApiBaseAddress if a gateway of your own offers it."
        : null;

    public async ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken)
    {
        try
        {
            return await contacts.CallAsync(upload.ContactId, permit, (contact, leave) => SendAsync(upload, bytes, contact, leave, cancellationToken), cancellationToken);
        }
        catch (CredentialsRefusedException e)
        {
            return RouteAnswers.CredentialsRefused(gate, e);
        }
    }

    private async ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, string contact, Permit permit, CancellationToken cancellationToken)
    {
        var large = bytes.Length > AskFirstAboveBytes;
        var answer = await client.CallAsync(RouteName, new Sending(upload, bytes, contact, large && !_takesLarge), static (sending, api) => sending.Request(api), permit, cancellationToken);
        var outcome = RouteAnswers.Judge(answer);
        if (large) _takesLarge = outcome is RouteOutcome.Sent;
        return outcome;
    }

    private readonly record struct Sending(UploadRow Upload, FileBytes Bytes, string Contact, bool AskFirst)
    {
        public HttpRequestMessage Request(string api)
        {
            var charset = Upload.Mime.StartsWith("text/", StringComparison.Ordinal) ? Upload.Charset : null;
            var request = new HttpRequestMessage(HttpMethod.Post, PathSegment.Verbatim($"{api}/api/v2/externalcontacts/{Contact}/attachments"))
            {
                Content = new FilePartContent(FilePartFrame.Create(Upload.Filename, Upload.Mime, charset), Bytes),
            };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Upload.Id.ToString());
            if (AskFirst) request.Headers.ExpectContinue = true;
            return request;
        }
    }
}
