namespace Gatehouse.Simulator;

/// <summary><c>POST /api/v2/externalcontacts/{contactId}/attachments</c>: multipart with one part <c>file</c>, hashed as it streams by.</summary>
internal sealed class AttachmentOperation(ContactBook contacts, FaultBoard board, ImageShelf images, TimeProvider time) : Operation
{
    public override string Method => HttpMethods.Post;

    public override string Path => "/api/v2/externalcontacts/{contactId}/attachments";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (found, refusal) = ContactOperation.Find(http, segment: 3, contacts, correlationId);
        if (refusal is not null)
            return refusal;
        if (Boundary.Of(http.Request.ContentType) is not { } boundary)
            return ErrorBody.Fault(415, null, correlationId);

        var faults = board.Current;
        if (faults.LimitAttachments == true && http.Request.ContentLength > JsonBody.MostBytes)
            return ErrorBody.Fault(413, null, correlationId);
        using var intake = new FileIntake(images);
        var walk = new MultipartWalk(http.Request.BodyReader, boundary, intake);
        if (await walk.RunAsync(cancellationToken) is { } problem)
            return ErrorBody.Of(400, "bad.request", problem, correlationId);
        // Where no length was announced, what came tells.
        if (faults.LimitAttachments == true && intake.Size > JsonBody.MostBytes)
            return ErrorBody.Fault(413, null, correlationId);
        if (faults.Poison(intake.FileName))
            return ErrorBody.Fault(500, null, correlationId);

        var contact = found!.Id;
        var file = intake.Finish();
        var id = Guid.NewGuid().ToString();
        var receipt = new Receipt
        {
            Route = "contact-attachments",
            ContactId = contact,
            MessageId = http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key] ? key : null,
            FileName = file.FileName,
            Mime = file.Mime,
            Size = file.Bytes.Size,
            Sha256 = file.Bytes.Sha256,
            ReceivedAt = time.GetUtcNow(),
            Image = file.Bytes.Image,
        };
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("contactId", contact);
            json.WriteString("name", file.FileName);
            json.WriteString("mediaType", file.Mime);
            json.WriteNumber("contentLengthBytes", file.Bytes.Size);
            json.WriteString("sha256", file.Bytes.Sha256);
            json.WriteString("selfUri", $"/api/v2/externalcontacts/{Uri.EscapeDataString(contact)}/attachments/{id}");
            json.WriteEndObject();
        }, receipt);
    }
}
