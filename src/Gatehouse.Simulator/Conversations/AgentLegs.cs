using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>Where an agent's part in a conversation stands, as Genesys names it.</summary>
internal enum LegState
{
    Alerting,
    Connected,
    Disconnected,
}

/// <summary>
/// The participants of a conversation and their message legs (communications). Worked out from its id: the customer, the queue that it came by, an agent who has left, and the agent who has it now.
/// </summary>
internal static class AgentLegs
{
    public static string CommunicationOf(string conversation, string who) => StableId.Of("communication", conversation, who);

    /// <summary>Null when no leg of the conversation has this id.</summary>
    public static LegState? StateOf(string conversation, string communication, Faults faults)
    {
        foreach (var (who, _, state) in Participants(conversation, faults))
        {
            if (string.Equals(CommunicationOf(conversation, who), communication, StringComparison.OrdinalIgnoreCase))
                return state;
        }

        return null;
    }

    public static void Write(Utf8JsonWriter json, string conversation, Faults faults, DateTimeOffset now)
    {
        json.WriteStartArray("participants");
        foreach (var (who, purpose, state) in Participants(conversation, faults))
        {
            json.WriteStartObject();
            json.WriteString("id", StableId.Of("participant", conversation, who));
            json.WriteString("purpose", purpose);
            json.WriteString("name", who);
            if (purpose is "agent")
                json.WriteString("userId", StableId.Of("user", who));
            Times(json, state, now);
            json.WriteStartArray("messages");
            json.WriteStartObject();
            json.WriteString("id", CommunicationOf(conversation, who));
            json.WriteString("state", Name(state));
            json.WriteString("direction", "inbound");
            json.WriteBoolean("held", value: false);
            json.WriteString("provider", "PureCloud Messaging");
            json.WriteString("type", "open");
            if (state == LegState.Disconnected)
                json.WriteString("disconnectType", "transfer");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string Name(LegState state) => state switch
    {
        LegState.Alerting => "alerting",
        LegState.Connected => "connected",
        _ => "disconnected",
    };

    private static (string Who, string Purpose, LegState State)[] Participants(string conversation, Faults faults)
    {
        var ended = Faults.Names(faults.EndedConversations, conversation);
        if (Faults.Names(faults.WaitingConversations, conversation) && !ended)
            return [("Customer", "customer", LegState.Connected), ("Queue", "acd", LegState.Connected), ("Second agent", "agent", LegState.Alerting)];
        return
        [
            ("Customer", "customer", ended ? LegState.Disconnected : LegState.Connected),
            ("Queue", "acd", LegState.Disconnected),
            ("First agent", "agent", LegState.Disconnected),
            ("Second agent", "agent", ended ? LegState.Disconnected : LegState.Connected),
        ];
    }

    private static void Times(Utf8JsonWriter json, LegState state, DateTimeOffset now)
    {
        var start = now.AddMinutes(-5).UtcDateTime;
        json.WriteString("startTime", start);
        if (state != LegState.Alerting)
            json.WriteString("connectedTime", start);
        if (state == LegState.Disconnected)
            json.WriteString("endTime", now.AddMinutes(-1).UtcDateTime);
    }
}
