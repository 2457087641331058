using System.Net.WebSockets;
using System.Text.Json;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>A guest's session on one connection: what is asked, and the answers that belong to it. What else the service tells meanwhile (typing, the agent's messages) is read over.</summary>
internal sealed class GuestSession(GuestSocket socket, string token, UploadRow upload, TimeSpan timeout)
{
    private readonly string _id = upload.Id.ToString();

    /// <summary>The message's frame had been handed to the connection.</summary>
    public bool MessageWasSent { get; private set; }

    public ValueTask<GuestFrame> ConfigureAsync(string deploymentId, CancellationToken cancellationToken) => AskAsync("configureSession", "-session", json => json.WriteString("deploymentId", deploymentId),
        static (frame, _) => frame.Class is "SessionResponse", cancellationToken);

    public ValueTask<GuestFrame> BeginAttachmentAsync(string attachment, CancellationToken cancellationToken) => AskAsync("onAttachment", "-attachment", json =>
    {
        json.WriteString("attachmentId", attachment);
        json.WriteString("fileName", upload.Filename);
        json.WriteString("fileType", upload.Mime);
        json.WriteNumber("fileSize", upload.Size);
        json.WriteBoolean("errorsAsJson", true);
    }, (frame, _) => frame.Class is "PresignedUrlResponse" && IsAbout(frame, attachment), cancellationToken, attachment);

    /// <summary>The upload's own answer says little: the service tells later, by itself, whether it takes the file.</summary>
    public ValueTask<GuestFrame> AcceptedAsync(string attachment, CancellationToken cancellationToken) =>
        WaitAsync((frame, _) => frame.Class is "UploadSuccessEvent" && IsAbout(frame, attachment), tracing: null, attachment, cancellationToken);

    public ValueTask<GuestFrame> SendAttachmentAsync(string attachment, CancellationToken cancellationToken) => SendMessageAsync(json =>
    {
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("contentType", "Attachment");
        json.WriteStartObject("attachment");
        json.WriteString("id", attachment);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }, attachment, cancellationToken);

    public ValueTask<GuestFrame> SendTextAsync(string text, CancellationToken cancellationToken) => SendMessageAsync(json => json.WriteString("text", text), attachment: null, cancellationToken);

    private async ValueTask<GuestFrame> SendMessageAsync(Action<Utf8JsonWriter> content, string? attachment, CancellationToken cancellationToken)
    {
        MessageWasSent = true;
        // The upload's own id, in every attempt.
        return await AskAsync("onMessage", "", json =>
        {
            json.WriteString("time", upload.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartObject("message");
            json.WriteString("type", "Text");
            content(json);
            json.WriteStartObject("channel");
            json.WriteStartObject("metadata");
            json.WriteStartObject("customAttributes");
            VerdictMembers.Write(json, upload);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }, (frame, tracing) => frame.Class is "StructuredMessage" && (string.Equals(frame.TracingId, tracing, StringComparison.Ordinal) || Holds(frame, attachment)), cancellationToken, attachment);
    }

    private async ValueTask<GuestFrame> AskAsync(
        string action, string tracingSuffix, Action<Utf8JsonWriter> members, Func<GuestFrame, string?, bool> isAnswer, CancellationToken cancellationToken, string? attachment = null)
    {
        var tracing = _id + tracingSuffix;
        await socket.SendAsync(ApiJson.Write(json =>
        {
            json.WriteString("action", action);
            json.WriteString("token", token);
            json.WriteString("tracingId", tracing);
            members(json);
        }), cancellationToken);
        return await WaitAsync(isAnswer, tracing, attachment, cancellationToken);
    }

    /// <exception cref="GuestRefusedException">The service refuses what was asked, or ends the session.</exception>
    /// <exception cref="WebSocketException">The connection ended.</exception>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    private async ValueTask<GuestFrame> WaitAsync(Func<GuestFrame, string?, bool> isAnswer, string? tracing, string? attachment, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            while (await socket.ReceiveAsync(limit.Token) is { } frame)
            {
                if (isAnswer(frame, tracing)) return frame;
                if (frame.Class is "SessionExpiredEvent") throw new GuestRefusedException(new GuestError(4006, "SessionExpiredEvent", RetryAfter: null));
                var concerns = frame.TracingId is null || string.Equals(frame.TracingId, tracing, StringComparison.Ordinal) || IsAbout(frame, attachment);
                if (concerns && frame.Error is { } error) throw new GuestRefusedException(error);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
        throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
    }

    private static bool IsAbout(GuestFrame frame, string? attachment) => attachment is not null && string.Equals(frame.Body.Text("attachmentId"), attachment, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(GuestFrame frame, string? attachment) =>
        attachment is not null && frame.Body.Items("content").Any(item => string.Equals(item.Member("attachment")?.Text("id"), attachment, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The web messaging service said no.</summary>
internal sealed class GuestRefusedException(GuestError error) : Exception($"Web messaging answered {error.Code}.")
{
    public GuestError Error { get; } = error;
}
