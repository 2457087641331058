using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>
/// Asks the login service for a token: client credentials grant (RFC 6749, section 4.4) with the client id and secret in HTTP Basic (RFC 7617).
/// Outcomes are return values; only cancellation throws.
/// </summary>
public sealed class OAuthClient(HttpMessageInvoker http, GenesysOptions options, ClientCredentials credentials, TimeProvider time, IGenesysTelemetry telemetry)
{
    private const int MaxAnswerBytes = GenesysErrors.MaxBytes;
    private const int MaxTokenLength = 8192;

    /// <summary>Genesys: "between 5mins and 48hrs". An answer that names no lifetime is trusted for the shortest.</summary>
    private const int ShortestSeconds = 300;
    private const int LongestSeconds = 48 * 3600;

    private static readonly byte[] Form = "grant_type=client_credentials"u8.ToArray();
    private readonly Uri _endpoint = new(options.ResolveHosts().Login.AbsoluteUri.TrimEnd('/') + "/oauth/token");
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.LoginTimeoutSeconds);

    /// <summary>Whose tokens it asks for.</summary>
    public ClientCredentials Credentials => credentials;

    /// <summary>Where they come from.</summary>
    public Uri Login { get; } = options.ResolveHosts().Login;

    public async ValueTask<TokenAnswer> RequestTokenAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        int? status = null;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(_timeout);
        try
        {
            using var request = Request();
            using var response = await http.SendAsync(request, attempt.Token);
            status = (int)response.StatusCode;
            var retryAfter = RetryAfterHeader.Read(response.Headers, time.GetUtcNow());
            var body = await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, attempt.Token);
            return Judge(status.Value, retryAfter, body ?? ReadOnlyMemory<byte>.Empty);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TokenAnswer.Unavailable(RetryAfter: null, string.Create(CultureInfo.InvariantCulture, $"The Genesys login service at {_endpoint.Host} did not answer within {_timeout.TotalSeconds} seconds."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new TokenAnswer.Unavailable(RetryAfter: null, $"The Genesys login service at {_endpoint.Host} could not be reached: {(e as HttpRequestException)?.HttpRequestError.ToString() ?? "the connection broke"}.");
        }
        finally
        {
            telemetry.CallEnded("oauth-token", status, time.GetElapsedTime(started));
        }
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(Form) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes($"{credentials.ClientId}:{credentials.Secret}")));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", GenesysHttp.UserAgent);
        return request;
    }

    private TokenAnswer Judge(int status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body)
    {
        if (status == 200) return (TokenAnswer?)Token(body) ?? new TokenAnswer.Unavailable(RetryAfter: null, $"The Genesys login service at {_endpoint.Host} answered 200 without a usable bearer token.");
        var error = GenesysErrors.Parse(body);
        var said = error is { Code: null, Message: null } ? "" : $" ({string.Join(": ", new[] { error.Code, error.Message }.Where(t => t is not null))})";
        // Which of 400 and 401 a wrong secret gets is not documented; neither is cured by asking again. 403: the client is switched off.
        return status is 400 or 401 or 403
            ? new TokenAnswer.Refused($"Genesys refuses the client id or secret: the login service at {_endpoint.Host} answered {status.ToString(CultureInfo.InvariantCulture)}{said}. The client is {credentials.ClientId}. Check its id, its secret and Genesys:Region; a changed secret is read while Gatehouse runs.")
            : new TokenAnswer.Unavailable(retryAfter ?? error.RetryAfter, $"The Genesys login service at {_endpoint.Host} answered {status.ToString(CultureInfo.InvariantCulture)}{said}.");
    }

    private static TokenAnswer.Issued? Token(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String) return null;
            if (root.TryGetProperty("token_type", out var type) && type.ValueKind == JsonValueKind.String && !string.Equals(type.GetString(), "bearer", StringComparison.OrdinalIgnoreCase)) return null;
            var seconds = root.TryGetProperty("expires_in", out var lifetime) && lifetime.ValueKind == JsonValueKind.Number && lifetime.TryGetDouble(out var given) ? given : ShortestSeconds;
            var text = token.GetString()!;
            // It goes into a header as it is, so only what RFC 6750 allows there: visible ASCII.
            if (text.Length is 0 or > MaxTokenLength || text.AsSpan().ContainsAnyExceptInRange('!', '~') || seconds < 1) return null;
            return new TokenAnswer.Issued(text, TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
