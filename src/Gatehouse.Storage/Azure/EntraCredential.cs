using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Azure;

/// <summary>
/// An application of Microsoft Entra ID, with a secret (OAuth 2.0 client credentials). Its tokens authorize requests; links are signed with a user delegation key, which the service gives it, lives at most 7 days and can be
/// revoked.
/// </summary>
internal sealed class EntraCredential(AzureOptions options, HttpClient http, TimeProvider time) : IAzureCredential, IDisposable
{
    /// <summary>Entra ID's tokens live for an hour or more; a new one is asked for so early that no request is on its way with one that runs out.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestKey = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _asking = new(1);
    private (string Text, DateTimeOffset Until)? _token;
    private volatile HeldKey? _key;

    public async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));

    public async ValueTask<string> SignAsync(SignedLink link, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(link.Expires, cancellationToken);
        return link.Query(AccountKeyCredential.Sign(key.Value, link.DelegatedText(key)), key);
    }

    public void Dispose() => _asking.Dispose();

    private async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_token is not { } token || token.Until <= time.GetUtcNow()) _token = token = await AskForTokenAsync(cancellationToken);
            return token.Text;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>One key signs all links that it outlives.</summary>
    private async ValueTask<DelegationKey> KeyAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (_key is { } held && held.Until >= until) return held.Key;
        var now = time.GetUtcNow();
        var (start, expiry) = (now - TimeSpan.FromMinutes(15), now + LongestKey);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/?restype=service&comp=userdelegationkey")
        {
            Content = new StringContent($"<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>{AzureApi.Time(start)}</Start><Expiry>{AzureApi.Time(expiry)}</Expiry></KeyInfo>", Encoding.UTF8, "application/xml"),
        };
        request.Headers.Add(AzureApi.VersionHeader, AzureApi.Version);
        await AuthorizeAsync(request, cancellationToken);
        var key = Key(await AskAsync(request, "a user delegation key", cancellationToken));
        _key = new HeldKey(key, expiry);
        return key;
    }

    private async ValueTask<(string, DateTimeOffset)> AskForTokenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Login, $"{options.TenantId}/oauth2/v2.0/token"))
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.ClientSecret), new("scope", "https://storage.azure.com/.default"),
            ]),
        };
        var answer = await AskAsync(request, "a token of Entra ID", cancellationToken);
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(answer);
            return (json.GetProperty("access_token").GetString()!, time.GetUtcNow().AddSeconds(json.GetProperty("expires_in").GetInt32()) - Ahead);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StoreUnavailableException("Entra ID answered with something that is no token.", e);
        }
    }

    private async ValueTask<string> AskAsync(HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            var text = await answer.Content.ReadAsStringAsync(limit.Token);
            return answer.IsSuccessStatusCode ? text : throw new StoreUnavailableException($"{what} was refused: {(int)answer.StatusCode} {AzureCalls.Code(answer)}", innerException: null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreUnavailableException($"{what} could not be had: {e.Message}", e);
        }
    }

    private sealed record HeldKey(DelegationKey Key, DateTimeOffset Until);

    private static DelegationKey Key(string answer)
    {
        try
        {
            var xml = XDocument.Parse(answer).Root!;
            return new DelegationKey(Of("SignedOid"), Of("SignedTid"), Of("SignedStart"), Of("SignedExpiry"), Of("SignedService"), Of("SignedVersion"), Convert.FromBase64String(Of("Value")));

            string Of(string name) => xml.Element(name)!.Value;
        }
        catch (Exception e) when (e is System.Xml.XmlException or NullReferenceException or FormatException)
        {
            throw new StoreUnavailableException("Azure answered with something that is no user delegation key.", e);
        }
    }
}
