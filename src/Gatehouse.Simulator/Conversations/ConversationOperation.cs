namespace Gatehouse.Simulator;

/// <summary><c>GET /api/v2/conversations/{conversationId}</c>: who takes part in it, and by which communications.</summary>
internal sealed class ConversationOperation(FaultBoard board, TimeProvider time) : Operation
{
    public override string Method => HttpMethods.Get;

    public override string Path => "/api/v2/conversations/{conversationId}";

    public override ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var faults = board.Current;
        var (id, refusal) = ApiId.From(http, "conversationId", faults.UnknownConversations, correlationId);
        if (refusal is not null)
            return ValueTask.FromResult(refusal);
        var now = time.GetUtcNow();
        return ValueTask.FromResult(Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("startTime", now.AddMinutes(-5).UtcDateTime);
            if (Faults.Names(faults.EndedConversations, id!))
                json.WriteString("endTime", now.AddMinutes(-1).UtcDateTime);
            AgentLegs.Write(json, id!, faults, now);
            json.WriteString("selfUri", "/api/v2/conversations/" + id);
            json.WriteEndObject();
        }));
    }
}
