using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary><c>POST …/communications/{communicationId}/messages</c>: an agent's message with a text, or with one file that was uploaded before.</summary>
internal sealed class AgentMessageOperation(FaultBoard board, AgentMediaBook book, TimeProvider time) : Operation
{
    private const int MostTextCharacters = 2000;
    private const int MostIds = 16;
    private const int MostIdCharacters = 64;

    public override string Method => HttpMethods.Post;

    public override string Path => AgentCommunication.Path;

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var faults = board.Current;
        var (communication, unknown) = AgentCommunication.From(http, faults, correlationId);
        if (unknown is not null)
            return unknown;
        var (asked, refusal) = await JsonBody.ReadAsync(http, Asked.From, correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;
        var (media, notSent) = asked!.Media is { } id ? MediaOf(id, communication!, faults, correlationId) : default;
        if (notSent is not null)
            return notSent;

        var bytes = media?.Upload.TakeBytes();
        var receipt = new Receipt
        {
            Route = "agent-media",
            ConversationId = communication!.Conversation,
            FileName = media?.Upload.FileName,
            Mime = media?.Upload.Mime,
            Size = bytes?.Size,
            Sha256 = bytes?.Sha256,
            Image = bytes?.Image,
            ReceivedAt = time.GetUtcNow(),
            CommunicationId = communication.Id,
            MediaId = media?.Id,
            Text = asked.Text,
        };
        var shortened = http.Request.Query["useNormalizedMessage"] is ["true"];
        return Reply.Json(200, json => Write(json, communication, asked.Text, media, shortened, receipt.ReceivedAt), receipt);
    }

    private (AgentMedia? Media, Reply? Refusal) MediaOf(string id, AgentCommunication communication, Faults faults, string correlationId)
    {
        if (book.Find(id, communication.Id) is not { } media)
            return (null, ErrorBody.Of(404, "not.found", $"The media {id} was not found.", correlationId));
        if (media.Status(faults, poll: false) is not "valid" and var status)
            return (null, ErrorBody.Of(400, "bad.request", $"The media {id} is {status}.", correlationId, "mediaIds"));
        return MediaTypes.Allow(faults.Outbound, media.Upload.Mime)
            ? (media, null)
            : (null, ErrorBody.Of(400, "bad.request", $"The supported content profile does not allow {media.Upload.Mime} outbound.", correlationId, "mediaIds"));
    }

    private static void Write(Utf8JsonWriter json, AgentCommunication communication, string? text, AgentMedia? media, bool shortened, DateTimeOffset now)
    {
        var id = Guid.NewGuid().ToString();
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("conversationId", communication.Conversation);
        json.WriteString("direction", "outbound");
        json.WriteString("messengerType", "open");
        json.WriteString("status", "queued");
        json.WriteString("timestamp", now.UtcDateTime);
        // Deprecated, and still there unless the caller asks for the other.
        if (!shortened && text is not null)
            json.WriteString("textBody", text);
        json.WriteStartObject("normalizedMessage");
        json.WriteString("id", id);
        json.WriteString("type", "Text");
        json.WriteString("direction", "Outbound");
        if (text is not null)
            json.WriteString("text", text);
        json.WriteStartArray("content");
        if (media is not null)
        {
            json.WriteStartObject();
            json.WriteString("contentType", "Attachment");
            json.WriteStartObject("attachment");
            json.WriteString("id", media.Id);
            json.WriteString("mime", media.Upload.Mime);
            json.WriteString("filename", media.Upload.FileName);
            json.WriteNumber("contentSizeBytes", media.Upload.Size);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("selfUri", $"/api/v2/conversations/messages/{communication.Conversation}/messages/{id}");
        json.WriteEndObject();
    }

    private sealed record Asked(string? Text, string? Media)
    {
        public static Asked From(Fields body)
        {
            var text = body.Text("textBody", MostTextCharacters);
            var media = body.Texts("mediaIds", MostIds, MostIdCharacters);
            if ((text is null ? 0 : 1) + media.Length != 1)
                body.Wrong("mediaIds", "or textBody: a message has one text or one file, and not both");
            return new Asked(text, media.FirstOrDefault());
        }
    }
}
