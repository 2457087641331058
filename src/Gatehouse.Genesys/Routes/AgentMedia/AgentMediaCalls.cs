using System.Globalization;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>The calls of one attempt of <c>agent-media</c>, in their order; each takes a permit of its own but the upload itself, which goes to no API.</summary>
internal sealed class AgentMediaCalls(GenesysClient client, RequestPermits permits, UploadRow upload, CancellationToken cancellationToken)
{
    private readonly string _conversation = Uri.EscapeDataString(upload.ConversationId!);

    /// <summary>Permission <c>conversation:communication:view</c>.</summary>
    public ValueTask<GenesysAnswer> ConversationAsync() => CallAsync("agent-media-conversation", HttpMethod.Get, $"/api/v2/conversations/{_conversation}", body: null);

    /// <summary>Asks where the file is to be put: <c>MessageMediaUploadData</c>.</summary>
    public ValueTask<GenesysAnswer> BeginAsync(string communication) => CallAsync("agent-media-begin", HttpMethod.Post, $"{Messages(communication)}/media/uploads", () => ApiJson.Of(json =>
    {
        json.WriteString("fileName", MediaName.Of(upload.Filename));
        json.WriteNumber("contentLengthBytes", upload.Size);
    }));

    public ValueTask<GenesysAnswer> PutAsync(PresignedUpload where, FileBytes bytes) => client.PutAsync("agent-media-put", where, bytes, cancellationToken);

    /// <summary>What became of it: <c>MessageMediaData</c>.</summary>
    public ValueTask<GenesysAnswer> StatusAsync(string communication, string media) => CallAsync("agent-media-status", HttpMethod.Get, $"{Messages(communication)}/media/{Uri.EscapeDataString(media)}", body: null);

    /// <summary>The message: "only one message body field can be accepted, per request", so a file goes without a text.</summary>
    public ValueTask<GenesysAnswer> SendMediaAsync(string communication, string media) => SendAsync(communication, () => ApiJson.Of(json =>
    {
        json.WriteStartArray("mediaIds");
        json.WriteStringValue(media);
        json.WriteEndArray();
    }));

    public ValueTask<GenesysAnswer> SendTextAsync(string communication, string text) => SendAsync(communication, () => ApiJson.Of(json => json.WriteString("textBody", text)));

    private ValueTask<GenesysAnswer> SendAsync(string communication, Func<HttpContent> body) => CallAsync(AgentMediaRoute.RouteName, HttpMethod.Post, $"{Messages(communication)}?useNormalizedMessage=true", body);

    private string Messages(string communication) => string.Create(CultureInfo.InvariantCulture, $"/api/v2/conversations/messages/{_conversation}/communications/{Uri.EscapeDataString(communication)}/messages");

    private async ValueTask<GenesysAnswer> CallAsync(string operation, HttpMethod method, string path, Func<HttpContent>? body) => await client.CallAsync(
        operation, (Method: method, Path: path, Body: body), static (call, api) => new HttpRequestMessage(call.Method, PathSegment.Verbatim(api + call.Path)) { Content = call.Body?.Invoke() },
        await permits.NextAsync(cancellationToken), cancellationToken);
}
