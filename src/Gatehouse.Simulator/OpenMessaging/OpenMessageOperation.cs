namespace Gatehouse.Simulator;

/// <summary><c>POST /api/v2/conversations/messages/{integrationId}/inbound/open/message</c>: a customer's message, with a file by its address.</summary>
internal sealed class OpenMessageOperation(OpenInbox inbox, FaultBoard board) : Operation
{
    public override string Method => HttpMethods.Post;

    public override string Path => "/api/v2/conversations/messages/{integrationId}/inbound/open/message";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (integration, unknown) = ApiId.From(http, "integrationId", board.Current.UnknownIntegrations, correlationId);
        if (unknown is not null)
            return unknown;
        var (message, refusal) = await JsonBody.ReadAsync(http, OpenMessage.From, correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;
        return message!.To is { } to && !string.Equals(to, integration, StringComparison.Ordinal)
            ? ErrorBody.Of(400, "bad.request", "channel.to.id is not the integration that the path names.", correlationId, "channel.to.id")
            : inbox.Take(message, integration!, wantsConversation: http.Request.Query["prefetchConversationId"] is ["true"], correlationId);
    }
}
