using System.Net.WebSockets;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// The route <c>web-messaging</c>: the file in the guest's own conversation, over the WebSocket that Messenger itself speaks (<c>configureSession</c>, <c>onAttachment</c>, the upload, <c>UploadSuccessEvent</c>,
/// <c>onMessage</c>), as the guest whose token the upload brought. No OAuth and none of the API's budget.
/// </summary>
public sealed class WebMessagingRoute(HttpMessageInvoker http, GenesysClient client, GenesysOptions genesys, WebMessagingOptions options, GuestTokenVault vault, IFileLinks links) : IDeliveryRoute, ILinkMessage
{
    public const string RouteName = "web-messaging";

    private const int MaxResultChars = 64 * 1024;

    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(genesys.CallTimeoutSeconds);

    public string Name => RouteName;

    public long MaxFileBytes => options.MaxFileBytes;

    public IReadOnlyList<RouteField> Needs { get; } = [RouteField.GuestToken];

    public bool CallsApi => false;

    public ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken) =>
        AttemptAsync(upload, asFile: true, (session, limit) => SendFileAsync(session, upload, bytes, limit), cancellationToken);

    public async ValueTask<RouteOutcome> SendLinkAsync(UploadRow upload, Permit permit, CancellationToken cancellationToken)
    {
        var link = await links.MakeAsync(upload, cancellationToken);
        return await AttemptAsync(upload, asFile: false, async (session, limit) => Sent(await session.SendTextAsync(LinkText.Of(upload, link), limit)), cancellationToken);
    }

    private async ValueTask<RouteOutcome> AttemptAsync(UploadRow upload, bool asFile, Func<GuestSession, CancellationToken, ValueTask<RouteOutcome>> send, CancellationToken cancellationToken)
    {
        if (vault.Open(upload.Id, upload.SenderId) is not { } token) return new RouteOutcome.Refused(RefusedBecause.Other, "The guest's token cannot be read any more, as WebMessaging:TokenKey was changed. Send the file again.");
        GuestSession? session = null;
        GuestFrame? configured = null;
        try
        {
            using var socket = await ConnectAsync(cancellationToken);
            session = new GuestSession(socket, token, upload, _timeout);
            configured = await session.ConfigureAsync(options.DeploymentId, cancellationToken);
            return SessionRules.Check(configured, upload, asFile) ?? SessionRules.Told(configured, await send(session, cancellationToken));
        }
        catch (GuestRefusedException e)
        {
            var outcome = GuestErrors.Judge(e.Error, session?.MessageWasSent ?? false);
            return configured is null ? outcome : SessionRules.Told(configured, outcome);
        }
        catch (GuestConnectException e)
        {
            return NotConnected(e);
        }
        catch (TimeoutException)
        {
            return Broken(session, FormattableString.Invariant($"Web messaging did not answer within {_timeout.TotalSeconds} seconds."));
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or ObjectDisposedException or (IOException and not FileUnreadableException))
        {
            return Broken(session, "The connection to web messaging broke.");
        }
    }

    private async ValueTask<RouteOutcome> SendFileAsync(GuestSession session, UploadRow upload, FileBytes bytes, CancellationToken cancellationToken)
    {
        var attachment = Guid.NewGuid().ToString();
        var begun = await session.BeginAttachmentAsync(attachment, cancellationToken);
        if (PresignedUpload.Read(begun.Body, "url", "headers") is not { } upTo || !client.MayFollow(upTo.Address))
            return new RouteOutcome.Trouble(Outage: false, OutcomeUnknown: false, RetryAfter: null, "Web messaging does not say where to put the file in a way that is known.");
        // It must be the type that the address was signed for, or the store refuses it.
        var put = await client.PutAsync("web-messaging-put", upTo.WithContentType(begun.Body.Text("fileType", 200) ?? upload.Mime), bytes, cancellationToken);
        if (PresignedAnswers.Judge(put) is { } failed) return failed;
        await session.AcceptedAsync(attachment, cancellationToken);
        return Sent(await session.SendAttachmentAsync(attachment, cancellationToken));
    }

    private async ValueTask<GuestSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            return await GuestSocket.ConnectAsync(options, http, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private static RouteOutcome NotConnected(GuestConnectException e) => e.Status switch
    {
        429 => new RouteOutcome.RateLimited(TimeSpan.FromSeconds(3)) { Status = e.Status },
        >= 300 and < 500 => new RouteOutcome.RouteDown(FormattableString.Invariant($"Web messaging lets nobody in ({e.Status}). Check WebMessaging:DeploymentId, WebMessaging:Origin and WebMessaging:Address.")) { Status = e.Status },
        { } status => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, RetryAfter: null, FormattableString.Invariant($"Web messaging is not available ({status}).")) { Status = status },
        null => new RouteOutcome.Trouble(Outage: true, OutcomeUnknown: false, RetryAfter: null, "No connection to web messaging could be made."),
    };

    private static RouteOutcome.Trouble Broken(GuestSession? session, string why) => new RouteOutcome.Trouble(Outage: true, session?.MessageWasSent ?? false, RetryAfter: null, why);

    private static RouteOutcome Sent(GuestFrame message)
    {
        var body = message.Body.ValueKind == System.Text.Json.JsonValueKind.Object ? message.Body.GetRawText() : null;
        return KeptAnswer.WithoutAddresses(new RouteOutcome.Sent(body is { Length: <= MaxResultChars } ? body : null) { Status = 200 });
    }
}
