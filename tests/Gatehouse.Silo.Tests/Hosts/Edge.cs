using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>What a customer's side does.</summary>
internal static class Edge
{
    public static async Task<(int Status, JsonElement Body)> UploadAsync(this HttpClient http, string contact, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload");
        request.Headers.Add("X-Contact-Id", contact);
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        request.Content = new MultipartFormDataContent { { file, "file", "note.txt" } };
        using var reply = await http.SendAsync(request);
        var body = await reply.Content.ReadAsStringAsync();
        return ((int)reply.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body));
    }

    /// <summary>Uploads, and sees it delivered.</summary>
    /// <returns>Its SHA-256.</returns>
    public static async Task<string> DeliverAsync(this HttpClient http, string contact, string text)
    {
        var (status, body) = await http.UploadAsync(contact, text);
        Assert.True(status == 200, $"{status} {body}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
