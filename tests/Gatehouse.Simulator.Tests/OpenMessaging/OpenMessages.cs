using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Simulator.Tests.OpenMessaging;

/// <summary>Bodies of open messaging, right but for what a test changes.</summary>
internal static class OpenMessages
{
    public const string Path = "/api/v2/conversations/messages/int-1/inbound/open/message";
    public const string OldPath = "/api/v2/conversations/messages/inbound/open";

    public static JsonObject Text(string text = "hello", string sender = "c-1", string messageId = "m-1") => new()
    {
        ["channel"] = new JsonObject
        {
            ["from"] = new JsonObject { ["id"] = sender, ["idType"] = "Opaque", ["nickname"] = "Joe" },
            ["time"] = "2026-11-22T12:00:00.000Z",
            ["messageId"] = messageId,
        },
        ["text"] = text,
    };

    public static JsonObject File(string url, string mime = "application/pdf", string mediaType = "File", string? sha256 = null, string? filename = "a.pdf")
    {
        var message = Text();
        message.Remove("text");
        var attachment = new JsonObject { ["mediaType"] = mediaType, ["url"] = url, ["mime"] = mime };
        if (sha256 is not null)
            attachment["sha256"] = sha256;
        if (filename is not null)
            attachment["filename"] = filename;
        message["content"] = new JsonArray(new JsonObject { ["attachment"] = attachment });
        return message;
    }

    public static Task<HttpResponseMessage> MessageAsync(this RunningSimulator simulator, JsonNode message, string path = Path) => simulator.Http.PostAsJsonAsync(path, message);
}
