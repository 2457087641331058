using System.Collections.Frozen;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Callers;

/// <summary>The keys of the configuration. A request costs one look-up and one HMAC.</summary>
public sealed class ApiKeys
{
    private const string Scheme = "Bearer ";

    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _entries;
    private readonly TimeProvider _time;
    private readonly bool _open;

    /// <summary>Compared with when the id is not known, so that the answer takes as long.</summary>
    private readonly StoredKey _nobody;

    /// <param name="keys">Checked before (<see cref="Check"/>): one that is malformed throws.</param>
    /// <param name="development">Without keys the machine itself is let in, and only in Development.</param>
    public ApiKeys(IReadOnlyCollection<ApiKeyOptions> keys, bool development, TimeProvider time)
    {
        _entries = keys.Select(Entry.Of).ToFrozenDictionary(entry => entry.Key.Id, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _time = time;
        _open = development && keys.Count == 0;
        var (id, secret) = ApiKeyToken.New();
        _nobody = StoredKey.Of(id, secret);
    }

    /// <summary>Makes a key. <paramref name="expires"/>: null for never.</summary>
    public static NewApiKey New(string name, CallerScopes scopes, DateTimeOffset? expires)
    {
        var (id, secret) = ApiKeyToken.New();
        return new NewApiKey(
            ApiKeyToken.Write(id, secret),
            new ApiKeyOptions { Name = name, Hash = StoredKey.Of(id, secret).ToString(), Scopes = scopes.ToText().Replace(' ', ','), Expires = expires });
    }

    /// <summary>What is wrong with the configured keys, one sentence each, naming the key of the configuration.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<ApiKeyOptions> keys)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            if (string.IsNullOrWhiteSpace(key.Name)) yield return $"ApiKeys:{i}:Name is empty; name whose key it is.";
            if (!CallerScopesText.TryParse(key.Scopes, out _)) yield return $"ApiKeys:{i}:Scopes is '{key.Scopes}'; allowed are upload, read, admin, separated by commas.";
            if (!StoredKey.TryParse(key.Hash, out var stored)) yield return $"ApiKeys:{i}:Hash is not what 'keys new' prints: hs256.{{id}}.{{salt}}.{{digest}}.";
            else if (!ids.Add(stored.Id)) yield return $"ApiKeys:{i}:Hash has the id {stored.Id}, which an earlier key has already.";
        }
    }

    /// <summary>Whoever sent the request. A key that is malformed, unknown, wrong or expired gets the same 401.</summary>
    public OrProblem<Caller> Authenticate(HttpContext context)
    {
        var headers = context.Request.Headers;
        // With no keys there is nothing to compare a key with: the machine itself may show any, or none.
        if (_open && context.IsLocal()) return Caller.Local;
        if (headers.Authorization.Count == 0) return Unauthenticated("Bearer realm=\"gatehouse\"");

        return headers.Authorization is [{ } text] && Find(text) is { } caller
            ? caller
            : Unauthenticated("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
    }

    private Caller? Find(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        if (!ApiKeyToken.TryRead(authorization.AsSpan(Scheme.Length).Trim(' '), out var id, out var secret)) return null;
        var known = _entries.TryGetValue(id, out var entry);
        var matches = (known ? entry!.Key : _nobody).Matches(secret);
        return known && matches && !(entry!.Expires <= _time.GetUtcNow()) ? entry.Caller : null;
    }

    private static Problem Unauthenticated(string challenge) => new(ProblemCodes.Unauthenticated) { Challenge = challenge };

    private sealed record Entry(StoredKey Key, Caller Caller, DateTimeOffset? Expires)
    {
        public static Entry Of(ApiKeyOptions options) =>
            StoredKey.TryParse(options.Hash, out var key) && CallerScopesText.TryParse(options.Scopes, out var scopes)
                ? new Entry(key, new Caller(options.Name, scopes), options.Expires)
                : throw new ArgumentException($"The API key '{options.Name}' is malformed.", nameof(options));
    }
}

/// <summary>A key that was just made.</summary>
/// <param name="Token">The key itself: shown once, kept nowhere.</param>
/// <param name="Options">What goes into the configuration.</param>
public sealed record NewApiKey(string Token, ApiKeyOptions Options);
