using System.Text.Json;

namespace Gatehouse.Genesys.Routes;

/// <summary>Who could send in a conversation now, from <c>GET /api/v2/conversations/{id}</c>: an agent's message leg is the communication that a file is sent by.</summary>
internal abstract record AgentLeg
{
    private const string Connected = "connected";

    /// <summary>An agent is connected; the newest, where it was transferred.</summary>
    public sealed record Live(string CommunicationId) : AgentLeg;

    /// <summary>No agent has taken it yet, or it is between two.</summary>
    public sealed record None : AgentLeg;

    public sealed record Ended : AgentLeg;

    /// <summary>Null when the body is no conversation.</summary>
    public static AgentLeg? Find(ReadOnlyMemory<byte> body)
    {
        if (JsonMembers.Object(body) is not { } conversation || conversation.Text("id") is null) return null;
        if (conversation.Text("endTime") is { Length: > 0 }) return new Ended();
        var live = conversation.Items("participants").Where(static p => p.Text("purpose") is "agent").SelectMany(static p => p.Items("messages"))
            .Where(static leg => leg.Text("state") is Connected).LastOrDefault();
        return live.ValueKind == JsonValueKind.Object && live.Text("id", 128) is { Length: > 0 } id ? new Live(id) : new None();
    }
}
