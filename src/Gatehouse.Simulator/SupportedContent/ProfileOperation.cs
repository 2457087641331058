using System.Collections.Frozen;
using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary><c>GET /api/v2/conversations/messaging/supportedcontent/{supportedContentId}</c>, of which <c>default</c> is one: the media types that messages may carry.</summary>
internal sealed class ProfileOperation(FaultBoard board) : Operation
{
    public override string Method => HttpMethods.Get;

    public override string Path => "/api/v2/conversations/messaging/supportedcontent/{supportedContentId}";

    public override ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var faults = board.Current;
        var (asked, refusal) = ApiId.From(http, "supportedContentId", faults.UnknownProfiles, correlationId);
        if (refusal is not null)
            return ValueTask.FromResult(refusal);
        var id = asked is "default" ? StableId.Of("supported content", "default") : asked;
        return ValueTask.FromResult(Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("name", asked is "default" ? "Default Supported Content Profile" : asked);
            json.WriteNumber("version", 1);
            json.WriteStartObject("mediaTypes");
            json.WriteStartObject("allow");
            Write(json, "inbound", faults.Inbound);
            Write(json, "outbound", faults.Outbound);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("selfUri", "/api/v2/conversations/messaging/supportedcontent/" + id);
            json.WriteEndObject();
        }));
    }

    private static void Write(Utf8JsonWriter json, string name, FrozenSet<string> types)
    {
        json.WriteStartArray(name);
        foreach (var type in types.Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
