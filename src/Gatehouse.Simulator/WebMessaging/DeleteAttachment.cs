namespace Gatehouse.Simulator;

/// <summary><c>deleteAttachment</c>: a file that is not to be sent after all.</summary>
internal sealed class DeleteAttachment : GuestAction
{
    public override string Name => "deleteAttachment";

    public override GuestAnswer Do(GuestCall call)
    {
        if (call.Session is not { } session)
            return Refuse(call, GuestErrors.SessionNotFound);
        if (call.Frame.Text("attachmentId", 64) is not { } id || !session.Delete(id))
            return Refuse(call, GuestErrors.AttachmentNotFound);
        return GuestFrames.Response("AttachmentDeletedResponse", call.TracingId, json =>
        {
            json.WriteStartObject();
            json.WriteString("attachmentId", id);
            json.WriteEndObject();
        });
    }
}
