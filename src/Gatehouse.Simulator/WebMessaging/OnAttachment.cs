namespace Gatehouse.Simulator;

/// <summary><c>onAttachment</c>: an address for the guest's file. Whether it is taken is told after it has come.</summary>
internal sealed class OnAttachment(PresignedUploads uploads, FaultBoard board, TimeProvider time) : GuestAction
{
    private const int MostCharacters = 4096;

    private static readonly TimeSpan Leave = TimeSpan.FromMinutes(10);

    public override string Name => "onAttachment";

    public override int? FaultOf(Faults faults) => faults.AttachmentError;

    public override GuestAnswer Do(GuestCall call)
    {
        if (call.Session is not { } session)
            return GuestFrames.Error(GuestErrors.SessionNotFound, call.TracingId);
        if (call.Frame.Text("attachmentId", 64) is not { } id || call.Frame.Text("fileName", MostCharacters) is not { } name || call.Frame.Text("fileType", MostCharacters) is not { } type
            || call.Frame.Whole("fileSize", int.MinValue, int.MaxValue) is not { } size)
            return Refuse(call, GuestErrors.MissingParameter, "attachmentId, fileName, fileType and fileSize are required");
        if (call.Faults.Poison(name))
            return Refuse(call, GuestErrors.Unexpected);
        var mime = type.Split(';')[0].Trim().ToLowerInvariant();
        if (GuestFiles.Refusal(name, mime, size, call.Faults) is { } refusal)
            return Refuse(call, refusal.Code, refusal.Sentence);

        var attachment = Expect(session, id, new PresignedFile(name, mime, size, type), call.Connection.Request);
        return GuestFrames.Response("PresignedUrlResponse", call.TracingId, json =>
        {
            json.WriteStartObject();
            json.WriteString("attachmentId", id);
            json.WriteStartObject("headers");
            foreach (var (header, value) in attachment.Upload.Headers)
                json.WriteString(header, value);
            json.WriteEndObject();
            json.WriteString("url", attachment.Upload.UrlAt(call.Connection.Request));
            json.WriteString("fileName", name);
            json.WriteNumber("fileSize", size);
            json.WriteString("fileType", type);
            json.WriteEndObject();
        });
    }

    /// <summary>As an object where the client says that it reads them, which Genesys' own does.</summary>
    public override GuestAnswer Refuse(GuestCall call, int code, string? sentence = null) =>
        code is not (GuestErrors.RequestRateTooHigh or 429) && call.Frame.Flag("errorsAsJson") && call.Frame.Text("attachmentId", 64) is { } id
            ? GuestFrames.NoUrl(code, call.TracingId, id, sentence)
            : GuestFrames.Error(code, call.TracingId, sentence);

    private GuestAttachment Expect(GuestSession session, string id, PresignedFile file, HttpRequest request)
    {
        GuestAttachment? attachment = null;
        var origin = $"{request.Scheme}://{request.Host}";
        var upload = new PresignedUpload(file.Name, file.Mime, file.Size, time.GetUtcNow() + Leave)
        {
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-tagging"] = "attachment=" + Uri.EscapeDataString(id) },
            ContentType = file.ContentType,
            Taken = _ => Tell(session, attachment!, origin),
        };
        attachment = new GuestAttachment(id, upload);
        uploads.Add(upload);
        session.Add(attachment);
        return attachment;
    }

    private void Tell(GuestSession session, GuestAttachment attachment, string origin)
    {
        var error = board.Current.UploadError;
        attachment.Accepted = error is null;
        _ = session.TellAsync(GuestFrames.Event(error is null ? "UploadSuccessEvent" : "UploadFailureEvent", tracingId: null, json =>
        {
            json.WriteStartObject();
            json.WriteString("attachmentId", attachment.Id);
            if (error is { } code)
            {
                json.WriteNumber("errorCode", code);
                json.WriteString("errorMessage", GuestErrors.Text(code));
            }
            else
            {
                json.WriteString("downloadUrl", $"{origin}/downloads/{Uri.EscapeDataString(attachment.Id)}");
            }

            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
            json.WriteEndObject();
        }));
    }

    /// <param name="Mime">Bare.</param>
    /// <param name="ContentType">As the guest gave it, which is how it has to be sent.</param>
    private sealed record PresignedFile(string Name, string Mime, long Size, string ContentType);
}
