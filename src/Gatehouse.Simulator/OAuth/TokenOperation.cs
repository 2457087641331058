using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Simulator;

/// <summary><c>POST /oauth/token</c> with <c>grant_type=client_credentials</c> (RFC 6749, 4.4). Errors are not the Platform API's: they carry <c>description</c> and <c>error_description</c>.</summary>
internal sealed class TokenOperation(TokenBook tokens, FaultBoard board) : Operation
{
    private const int MostBodyBytes = 16 * 1024;

    // Genesys' default for a client; 5 minutes to 48 hours can be set there.
    private const int DefaultLifetimeSeconds = 86_400;

    public override string Method => HttpMethods.Post;

    public override string Path => "/oauth/token";

    public override Access Access => Access.Credentials;

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        if (await SmallBody.ReadAsync(http.Request, MostBodyBytes, cancellationToken) is not { } body)
            return Error("invalid_request", "request too large");
        if (BasicCredentials.From(http.Request.Headers.Authorization) is not { } client)
            return Error("invalid_client", "client not found");
        if (GrantType(body) is not "client_credentials")
            return Error("unsupported_grant_type", "grant type not supported");
        var faults = board.Current;
        if (client.Secret is "wrong" || faults.WrongSecrets?.Contains(client.Secret) == true)
            return Error("invalid_client", "authentication failed");
        if (Faults.Names(faults.DisabledClients, client.ClientId))
            return Error("invalid_client", "client is disabled");

        var lifetime = faults.TokenLifetimeSeconds ?? DefaultLifetimeSeconds;
        var token = tokens.Issue(client.ClientId, lifetime);
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("access_token", token);
            json.WriteString("token_type", "bearer");
            json.WriteNumber("expires_in", lifetime);
            json.WriteEndObject();
        });
    }

    /// <summary>What is wrong with the client comes in OAuth's words; what is wrong with the service, in the Platform's.</summary>
    public override Reply Fault(int status, int? retryAfterSeconds, string correlationId) => status is >= 400 and < 429
        ? Error("invalid_client", "authentication failed") with { Status = status, RetryAfterSeconds = retryAfterSeconds }
        : base.Fault(status, retryAfterSeconds, correlationId);

    private static string? GrantType(ReadOnlyMemory<byte> body)
    {
        foreach (var pair in new QueryStringEnumerable(System.Text.Encoding.UTF8.GetString(body.Span)))
        {
            if (pair.DecodeName().Span is "grant_type")
                return pair.DecodeValue().ToString();
        }

        return null;
    }

    // The one recorded reply of a client that is not known hints at 400; RFC 6749, 5.2 would have 401.
    private static Reply Error(string error, string description) => Reply.Json(400, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("description", description);
        json.WriteString("error_description", description);
        json.WriteEndObject();
    });
}
