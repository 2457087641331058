using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Scenarios.Weather;

/// <summary>Another application that calls as the gateway's client, and leaves nothing of its minute.</summary>
internal sealed class Neighbour(Uri simulator) : IDisposable
{
    private const int AtATime = 8;
    private readonly HttpClient _http = new() { BaseAddress = simulator };

    /// <summary>Tokens that it asked for.</summary>
    public int Tokens { get; private set; }

    /// <summary>Calls until the budget is used up to the last call: who comes next is over it.</summary>
    public async Task UseUpAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => CallUntilAsync(2 * AtATime)));
        await CallUntilAsync(0);
    }

    public void Dispose() => _http.Dispose();

    private async Task CallUntilAsync(int left)
    {
        var token = await SignInAsync();
        while (await CallAsync(token) is var answer && (answer is null || answer > left))
            if (answer is null) token = await SignInAsync();
    }

    private async Task<string> SignInAsync()
    {
        lock (_http) Tokens++;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("scenarios:scenarios")));
        using var reply = await _http.SendAsync(request);
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>What the call has left of the minute: one that failed tells nothing, and a refused one found nothing. Null: its token is over.</summary>
    private async Task<int?> CallAsync(string token)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/externalcontacts/contacts/" + Guid.NewGuid());
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var reply = await _http.SendAsync(request);
            return reply.StatusCode switch
            {
                HttpStatusCode.Unauthorized => null,
                HttpStatusCode.TooManyRequests => 0,
                HttpStatusCode.OK => Number(reply, "inin-ratelimit-allowed") - Number(reply, "inin-ratelimit-count"),
                _ => int.MaxValue,
            };
        }
        catch (HttpRequestException)
        {
            return int.MaxValue;
        }
    }

    private static int Number(HttpResponseMessage reply, string header) => int.Parse(reply.Headers.GetValues(header).First(), CultureInfo.InvariantCulture);
}
