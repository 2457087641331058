using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Storage.Tests.Azure;

/// <summary>Gives out tokens as Entra ID does, of a kind that Azurite believes: it looks into them and not at their signature.</summary>
internal sealed class EntraStub : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public EntraStub()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public bool Refuses { get; init; }

    /// <summary>What was asked for tokens, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var call = await _listener.GetContextAsync();
            using var reader = new StreamReader(call.Request.InputStream);
            Asked.Enqueue(await reader.ReadToEndAsync());
            call.Response.StatusCode = Refuses || call.Request.Url!.AbsolutePath is not "/tenant/oauth2/v2.0/token" ? 401 : 200;
            call.Response.Close(JsonSerializer.SerializeToUtf8Bytes(new { access_token = Token(), expires_in = 3600, token_type = "Bearer" }), willBlock: true);
        }
    }

    private static string Token()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = JsonSerializer.Serialize(new { aud = "https://storage.azure.com", iss = "https://sts.windows.net/tenant/", iat = now - 60, nbf = now - 60, exp = now + 3600, oid = "object", tid = "tenant" });
        return $"{Part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")}.{Part(claims)}.{Part("unsigned")}";

        static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
