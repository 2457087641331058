using System.Buffers;

namespace Gatehouse.Simulator;

/// <summary><c>POST …/communications/{communicationId}/messages/media/uploads</c>: an address for a file, and the headers to put it there with.</summary>
internal sealed class BeginMediaOperation(FaultBoard board, AgentMediaBook book, PresignedUploads uploads, TimeProvider time) : Operation
{
    private const int MostNameCharacters = 1000;

    // Genesys: attachments "up to 25 MB".
    private const long MostBytes = 25L << 20;

    private static readonly TimeSpan Leave = TimeSpan.FromMinutes(10);
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(@"\{^}%`]"">[~<#|");

    public override string Method => HttpMethods.Post;

    public override string Path => AgentCommunication.Path + "/media/uploads";

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        var (communication, unknown) = AgentCommunication.From(http, board.Current, correlationId);
        if (unknown is not null)
            return unknown;
        var (asked, refusal) = await JsonBody.ReadAsync(http, Asked.From, correlationId, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (board.Current.Poison(asked!.FileName))
            return ErrorBody.Fault(500, null, correlationId);

        var mime = FileTypes.Of(asked.FileName);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = mime, ["x-amz-tagging"] = "conversation=" + communication!.Conversation };
        if (asked.ContentMd5 is { } md5)
            headers["Content-MD5"] = md5;
        var upload = new PresignedUpload(asked.FileName, mime, asked.Size, time.GetUtcNow() + Leave) { Headers = headers };
        uploads.Add(upload);
        var media = new AgentMedia(Guid.NewGuid().ToString(), communication.Conversation, communication.Id, upload);
        book.Add(media);
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", media.Id);
            json.WriteString("name", asked.FileName);
            json.WriteString("uploadUrl", upload.UrlAt(http.Request));
            json.WriteStartObject("uploadHeaders");
            foreach (var (name, value) in headers)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteString("selfUri", $"{communication.Uri}/media/{media.Id}");
            json.WriteEndObject();
        });
    }

    private sealed record Asked(string FileName, long Size, string? ContentMd5)
    {
        public static Asked From(Fields body)
        {
            var name = body.Text("fileName", MostNameCharacters, required: true) ?? "";
            if (name.StartsWith('.') || name.EndsWith('/') || name.Any(char.IsWhiteSpace) || name.AsSpan().ContainsAny(NotInNames))
                body.Wrong("fileName", """must not start with a dot, end with a slash, or hold white space or one of \{^}%`]">[~<#|""");
            return new Asked(name, body.Whole("contentLengthBytes", 1, MostBytes, required: true) ?? 0, body.Text("contentMd5", most: 64));
        }
    }
}
