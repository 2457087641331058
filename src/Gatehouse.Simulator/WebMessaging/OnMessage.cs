using System.Text;
using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary><c>onMessage</c>: the guest's message, with a text or a file that was taken before; told to every connection of the session.</summary>
internal sealed class OnMessage(TimeProvider time) : GuestAction
{
    public const int MostCustomBytes = 2048;

    private const int MostTextCharacters = 2000;
    private const int MostFrameCharacters = 64 * 1024;

    public override string Name => "onMessage";

    public override int? FaultOf(Faults faults) => faults.MessageError;

    public override GuestAnswer Do(GuestCall call)
    {
        if (call.Session is not { } session)
            return Refuse(call, GuestErrors.SessionNotFound);
        if (call.Faults.SessionReadOnly == true)
            return Refuse(call, GuestErrors.SessionHasExpired);
        var message = call.Frame.Object("message", required: true);
        var text = message.Text("text", MostFrameCharacters);
        var content = message.Objects("content", most: 1, "has at most one item");
        var custom = message.Object("channel").Object("metadata").Map("customAttributes");
        if (message.OneOf("type", ["Text"], required: true) is null || (text is null && content.Length == 0))
            return Refuse(call, GuestErrors.MissingParameter, "message.type, and message.text or message.content, are required");
        if (text?.Length > MostTextCharacters)
            return Refuse(call, GuestErrors.MessageTooLong);
        if (custom.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > MostCustomBytes)
            return Refuse(call, GuestErrors.CustomAttributeSizeTooLarge);
        GuestAttachment? attachment = null;
        if (content.Length == 1)
        {
            if (content[0].Object("attachment", required: true).Text("id", 64) is not { } id || (attachment = session.Find(id)) is null)
                return Refuse(call, GuestErrors.AttachmentNotFound);
            if (!attachment.Accepted)
                return Refuse(call, GuestErrors.AttachmentNotSuccessfullyUploaded);
        }

        return Taken(call, session, text, attachment, custom);
    }

    private GuestAnswer Taken(GuestCall call, GuestSession session, string? text, GuestAttachment? attachment, KeyValuePair<string, string>[] custom)
    {
        var now = time.GetUtcNow();
        var bytes = attachment?.Upload.TakeBytes();
        var frame = GuestFrames.Event("StructuredMessage", call.TracingId, json => Write(json, call, text, attachment, now));
        return new GuestAnswer(200, frame)
        {
            ToAllOf = session,
            Receipt = new Receipt
            {
                Route = "web-messaging",
                ConversationId = session.Conversation,
                MessageId = call.TracingId,
                FileName = attachment?.Upload.FileName,
                Mime = attachment?.Upload.Mime,
                Size = bytes?.Size,
                Sha256 = bytes?.Sha256,
                Image = bytes?.Image,
                ReceivedAt = now,
                DeploymentId = session.Deployment,
                Text = text,
                Metadata = custom,
            },
        };
    }

    private static void Write(Utf8JsonWriter json, GuestCall call, string? text, GuestAttachment? attachment, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", Guid.NewGuid().ToString());
        json.WriteString("type", "Text");
        json.WriteString("direction", "Inbound");
        if (text is not null)
            json.WriteString("text", text);
        json.WriteStartObject("channel");
        json.WriteString("time", now.UtcDateTime);
        json.WriteString("messageId", Guid.NewGuid().ToString());
        json.WriteString("type", "Private");
        json.WriteEndObject();
        json.WriteStartArray("content");
        if (attachment is not null)
        {
            json.WriteStartObject();
            json.WriteString("contentType", "Attachment");
            json.WriteStartObject("attachment");
            json.WriteString("id", attachment.Id);
            json.WriteString("url", $"{call.Connection.Request.Scheme}://{call.Connection.Request.Host}/downloads/{Uri.EscapeDataString(attachment.Id)}");
            json.WriteString("filename", attachment.Upload.FileName);
            json.WriteNumber("fileSize", attachment.Upload.Size);
            json.WriteString("mediaType", attachment.Upload.Mime.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? "Image" : "File");
            json.WriteString("mime", attachment.Upload.Mime);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
