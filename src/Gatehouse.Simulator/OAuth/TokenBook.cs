using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gatehouse.Simulator;

/// <summary>A token that was given out, and to which client.</summary>
internal readonly record struct Bearer(string Token, string Client);

/// <summary>The access tokens given out, and when each ends.</summary>
internal sealed class TokenBook(FaultBoard board, TimeProvider time)
{
    // A client that asks for a token per call must not fill the memory; at 24 h each nothing else would.
    private const int MostTokens = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, (string Client, DateTimeOffset Ends)> _given = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public string Issue(string client, int lifetimeSeconds)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        lock (_turn)
        {
            while (_order.Count >= MostTokens)
                _given.Remove(_order.Dequeue());
            _given[token] = (client, time.GetUtcNow().AddSeconds(lifetimeSeconds));
            _order.Enqueue(token);
        }

        return token;
    }

    /// <summary>Null when the header carries a living token; else the 401 that Genesys sends.</summary>
    public Reply? Refusal(string? authorization, string correlationId, out Bearer bearer)
    {
        const string scheme = "Bearer ";
        bearer = default;
        var token = authorization is not null && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? authorization[scheme.Length..] : "";
        if (token.Length == 0)
            return ErrorBody.Of(401, "authentication.required", "No authentication bearer token specified in authorization header.", correlationId);
        (string Client, DateTimeOffset Ends) given;
        bool known;
        lock (_turn)
            known = _given.TryGetValue(token, out given);
        // A client that is disabled takes its tokens with it.
        if (!known || Faults.Names(board.Current.DisabledClients, given.Client))
            return ErrorBody.Of(401, "bad.credentials", "Invalid login credentials.", correlationId);
        bearer = new Bearer(token, given.Client);
        return time.GetUtcNow() >= given.Ends ? ErrorBody.Of(401, "credentials.expired", "The supplied credentials are expired and cannot be used.", correlationId) : null;
    }
}
