using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// The route <c>open-messaging</c>: <c>POST /api/v2/conversations/messages/{integrationId}/inbound/open/message</c>, permission <c>conversation:message:receive</c>. The customer's message in an open messaging
/// integration, with one attachment that Genesys fetches from a link.
/// </summary>
public sealed class OpenMessagingRoute(GenesysClient client, ITokenGate gate, OpenMessagingOptions options, IFileLinks links, SupportedContent content) : IDeliveryRoute, ILinkMessage
{
    public const string RouteName = "open-messaging";

    /// <summary>The largest attachment of Genesys' messaging platform, "up to 25 MB" in its help pages on supported content profiles.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    private readonly string _path = $"/api/v2/conversations/messages/{Uri.EscapeDataString(options.IntegrationId)}/inbound/open/message?prefetchConversationId=true";

    public string Name => RouteName;

    public long MaxFileBytes => MostBytes;

    public ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken) =>
        SendAsync(upload, OpenMessage.MediaTypeOf(upload.Mime), permit, cancellationToken);

    public ValueTask<RouteOutcome> SendLinkAsync(UploadRow upload, Permit permit, CancellationToken cancellationToken) => SendAsync(upload, OpenMessage.Link, permit, cancellationToken);

    private async ValueTask<RouteOutcome> SendAsync(UploadRow upload, string mediaType, Permit permit, CancellationToken cancellationToken)
    {
        try
        {
            var permits = new RequestPermits(gate, permit);
            if (await content.RefuseInboundAsync(upload, permits, cancellationToken) is { } refused) return refused;
            var link = await links.MakeAsync(upload, cancellationToken);
            var answer = await client.CallAsync(RouteName, (Path: _path, Upload: upload, link.Address, MediaType: mediaType), static (message, api) =>
                new HttpRequestMessage(HttpMethod.Post, PathSegment.Verbatim(api + message.Path))
                {
                    Content = ApiJson.Of(json => OpenMessage.Write(json, message.Upload, message.Address, message.MediaType)),
                }, await permits.NextAsync(cancellationToken), cancellationToken);
            return KeptAnswer.WithoutAddresses(
                RouteAnswers.Judge(answer, said => new RouteOutcome.RouteDown($"Genesys has no such open messaging integration{said}. Check OpenMessaging:IntegrationId.")));
        }
        catch (CredentialsRefusedException e)
        {
            return RouteAnswers.CredentialsRefused(gate, e);
        }
    }
}
