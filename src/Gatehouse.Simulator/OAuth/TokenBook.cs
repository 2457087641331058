using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gatehouse.Simulator;

/// <summary>The access tokens given out, and when each ends.</summary>
internal sealed class TokenBook(TimeProvider time)
{
    // A client that asks for a token per call must not fill the memory; at 24 h each nothing else would.
    private const int MostTokens = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public string Issue(int lifetimeSeconds)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        lock (_turn)
        {
            while (_order.Count >= MostTokens)
                _ends.Remove(_order.Dequeue());
            _ends[token] = time.GetUtcNow().AddSeconds(lifetimeSeconds);
            _order.Enqueue(token);
        }

        return token;
    }

    /// <summary>Null when the header carries a living token; else the 401 that Genesys sends.</summary>
    public Reply? Refusal(string? authorization, string correlationId, out string token)
    {
        const string scheme = "Bearer ";
        token = authorization is not null && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? authorization[scheme.Length..] : "";
        if (token.Length == 0)
            return ErrorBody.Of(401, "authentication.required", "No authentication bearer token specified in authorization header.", correlationId);
        DateTimeOffset end;
        lock (_turn)
        {
            if (!_ends.TryGetValue(token, out end))
                return ErrorBody.Of(401, "bad.credentials", "Invalid login credentials.", correlationId);
        }

        return time.GetUtcNow() >= end ? ErrorBody.Of(401, "credentials.expired", "The supplied credentials are expired and cannot be used.", correlationId) : null;
    }
}
