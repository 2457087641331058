using System.Text.Json;

namespace Gatehouse.Simulator.Tests;

/// <summary>A client of an object store: puts a file at an address, with the headers that came with it and without the API's token.</summary>
internal static class ObjectStore
{
    public static async Task<HttpResponseMessage> PutAsync(string url, JsonElement headers, byte[] bytes, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        foreach (var header in headers.EnumerateObject())
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        change?.Invoke(request);
        using var http = new HttpClient();
        return await http.SendAsync(request);
    }
}
