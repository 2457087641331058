using System.Net.Mime;
using System.Security;
using System.Text;

namespace Gatehouse.Simulator;

/// <summary><c>PUT</c> to an address that was given out, with the headers that came with it: an object store's call, and no part of the API. Anything else about it is 403, as a signature then fits no more.</summary>
internal sealed class PresignedPutOperation(PresignedUploads uploads, ImageShelf images, TimeProvider time) : Operation
{
    public override string Method => HttpMethods.Put;

    public override string Path => "/uploads/{uploadId}";

    public override Access Access => Access.OutsideApi;

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var request = http.Request;
        if (uploads.Find(request.RouteValues["uploadId"] as string) is not { } upload || request.Query["X-Amz-Signature"] is not [{ } signature] || !string.Equals(signature, upload.Signature, StringComparison.Ordinal))
            return Refuse(403, "SignatureDoesNotMatch", "The address is not one that was given out.");
        if (time.GetUtcNow() >= upload.Ends)
            return Refuse(403, "AccessDenied", "Request has expired");
        if (request.ContentLength is not { } length)
            return Refuse(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        if (length != upload.Size)
            return Refuse(403, "SignatureDoesNotMatch", $"The address is for {Invariant.Text(upload.Size)} bytes.");
        if (WrongHeader(request, upload) is { } header)
            return Refuse(403, "SignatureDoesNotMatch", $"The header {header} is not as it was signed.");

        using var intake = new BytesIntake(images.Draft(upload.Mime));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            foreach (var piece in read.Buffer)
                intake.Append(piece.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        upload.Put(intake.Finish());
        return new Reply(200, ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>The first header that fails the signature: one that is missing or other than signed, or an <c>x-amz-</c> header that was not signed.</summary>
    private static string? WrongHeader(HttpRequest request, PresignedUpload upload)
    {
        foreach (var (name, value) in upload.Headers)
        {
            if (request.Headers[name] is not [{ } sent] || !string.Equals(sent, value, StringComparison.Ordinal))
                return name;
        }

        if (upload.ContentType is { } type && !string.Equals(request.ContentType, type, StringComparison.Ordinal))
            return "Content-Type";
        return request.Headers.Keys.FirstOrDefault(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !upload.Headers.Keys.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private static Reply Refuse(int status, string code, string message) =>
        new(status, Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>""")) { ContentType = MediaTypeNames.Application.Xml };
}
