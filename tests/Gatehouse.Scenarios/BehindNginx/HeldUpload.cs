using System.Net;
using System.Net.Http.Headers;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>An upload whose first part is sent, and whose rest waits for the test.</summary>
internal sealed class HeldUpload(byte[] file, int first) : HttpContent
{
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void SendTheRest() => _rest.TrySetResult();

    public async Task<Answer> SendAsync(HttpClient http, string contact, string authorization)
    {
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file\"; filename=\"held.png\"");
        using var form = new MultipartFormDataContent { { new StringContent(contact), "contact_id" }, this };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = form };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await http.SendAsync(request);
        return await Answer.FromAsync(response);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(file.AsMemory(0, first));
        await stream.FlushAsync();
        await _rest.Task;
        await stream.WriteAsync(file.AsMemory(first));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length;
        return true;
    }
}
