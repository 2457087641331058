namespace Gatehouse.Simulator;

/// <summary><c>GET …/communications/{communicationId}/messages/media/{mediaId}</c>: whether an uploaded file may be sent yet.</summary>
internal sealed class MediaOperation(FaultBoard board, AgentMediaBook book) : Operation
{
    public override string Method => HttpMethods.Get;

    public override string Path => AgentCommunication.Path + "/media/{mediaId}";

    public override ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken) => ValueTask.FromResult(Do(http, correlationId));

    private Reply Do(HttpContext http, string correlationId)
    {
        var faults = board.Current;
        var (communication, unknown) = AgentCommunication.From(http, faults, correlationId);
        if (unknown is not null)
            return unknown;
        var (id, refusal) = ApiId.From(http, "mediaId", unknown: null, correlationId);
        if (refusal is not null)
            return refusal;
        if (book.Find(id!, communication!.Id) is not { } media)
            return ErrorBody.Of(404, "not.found", $"The media {id} was not found.", correlationId);
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", media.Id);
            json.WriteString("name", media.Upload.FileName);
            json.WriteString("status", media.Status(faults, poll: true));
            if (media.Upload.Bytes is { } bytes)
            {
                json.WriteString("mediaType", media.Upload.Mime);
                json.WriteNumber("contentLengthBytes", bytes.Size);
            }

            json.WriteString("conversationId", media.Conversation);
            json.WriteString("communicationId", media.Communication);
            json.WriteString("selfUri", $"{communication.Uri}/media/{media.Id}");
            json.WriteEndObject();
        });
    }
}
