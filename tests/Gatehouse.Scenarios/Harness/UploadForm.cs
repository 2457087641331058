using System.Net.Http.Headers;

namespace Gatehouse.Scenarios.Harness;

/// <summary>Builds an upload and sends it with .NET's own client.</summary>
internal sealed record UploadForm(byte[] Bytes, string? Filename, string? Contact)
{
    public string DeclaredMime { get; init; } = "application/octet-stream";
    public string? Prefer { get; init; }
    public string? IdempotencyKey { get; init; }
    public string? Authorization { get; init; }
    public string? Conversation { get; init; }
    public bool WithFile { get; init; } = true;

    public static UploadForm Sample(string name, string? contact) => new(File.ReadAllBytes(Repository.Sample(name)), name, contact);

    public async Task<Answer> SendAsync(HttpClient http, CancellationToken cancellationToken = default)
    {
        using var form = new MultipartFormDataContent();
        if (Contact is not null) form.Add(new StringContent(Contact), "contact_id");
        if (Conversation is not null) form.Add(new StringContent(Conversation), "conversation_id");
        if (WithFile)
        {
            var file = new ByteArrayContent(Bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue(DeclaredMime);
            file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{Filename}\"");
            form.Add(file);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = form };
        if (Prefer is not null) request.Headers.TryAddWithoutValidation("Prefer", Prefer);
        if (IdempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        if (Authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        using var response = await http.SendAsync(request, cancellationToken);
        return await Answer.FromAsync(response);
    }
}
