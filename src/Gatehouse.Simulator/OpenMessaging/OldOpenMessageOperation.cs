namespace Gatehouse.Simulator;

/// <summary><c>POST /api/v2/conversations/messages/inbound/open</c>, deprecated: the body names the integration in <c>channel.to.id</c>.</summary>
internal sealed class OldOpenMessageOperation(OpenInbox inbox, FaultBoard board) : Operation
{
    public override string Method => HttpMethods.Post;

    public override string Path => "/api/v2/conversations/messages/inbound/open";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (message, refusal) = await JsonBody.ReadAsync(http, OpenMessage.From, correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (!ApiId.IsWellFormed(message!.To))
            return ErrorBody.Of(400, "bad.request", "channel.to.id is required and is the integration's id.", correlationId, "channel.to.id");
        return Faults.Names(board.Current.UnknownIntegrations, message.To!)
            ? ErrorBody.Of(404, "not.found", $"The integration {message.To} was not found.", correlationId)
            : inbox.Take(message, message.To!, wantsConversation: http.Request.Query["prefetchConversationId"] is ["true"], correlationId);
    }
}
