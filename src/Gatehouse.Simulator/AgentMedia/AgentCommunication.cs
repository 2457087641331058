namespace Gatehouse.Simulator;

/// <summary>The agent's communication that a path of agent media names.</summary>
internal sealed record AgentCommunication(string Conversation, string Id)
{
    public const string Path = "/api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages";

    public string Uri => $"/api/v2/conversations/messages/{Conversation}/communications/{Id}/messages";

    /// <summary>The refusal: 400 for what is no id, 404 for a conversation or communication that is not there, 400 for one that is not connected.</summary>
    public static (AgentCommunication? Found, Reply? Refusal) From(HttpContext http, Faults faults, string correlationId)
    {
        var (conversation, noConversation) = ApiId.From(http, "conversationId", faults.UnknownConversations, correlationId);
        if (noConversation is not null)
            return (null, noConversation);
        var (communication, noCommunication) = ApiId.From(http, "communicationId", unknown: null, correlationId);
        if (noCommunication is not null)
            return (null, noCommunication);
        return AgentLegs.StateOf(conversation!, communication!, faults) switch
        {
            null => (null, ErrorBody.Of(404, "not.found", $"The conversation {conversation} has no communication {communication}.", correlationId)),
            LegState.Connected => (new AgentCommunication(conversation!, communication!), null),
            { } state => (null, ErrorBody.Of(400, "bad.request", $"The communication {communication} is {AgentLegs.Name(state)}.", correlationId, "communicationId")),
        };
    }
}
