using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Gatehouse.Load;

/// <summary>An access token for loading the simulator itself.</summary>
internal static class SimulatorToken
{
    public static async Task<string> GetAsync(IPEndPoint simulator, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{simulator}/oauth/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("bench:bench"u8));
        using var reply = await http.SendAsync(request, cancellationToken);
        reply.EnsureSuccessStatusCode();
        using var token = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync(cancellationToken));
        return token.RootElement.GetProperty("access_token").GetString()!;
    }
}
