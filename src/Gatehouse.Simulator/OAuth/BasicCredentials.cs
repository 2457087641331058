using System.Text;

namespace Gatehouse.Simulator;

/// <summary>HTTP Basic (RFC 7617) in ISO-8859-1, as Genesys' own SDK sends it.</summary>
internal readonly record struct BasicCredentials(string ClientId, string Secret)
{
    // A client id and a secret are some 80 bytes; the rest is for odd tests.
    private const int MostBytes = 4096;

    public static BasicCredentials? From(string? authorization)
    {
        const string scheme = "Basic ";
        if (authorization is null || authorization.Length > MostBytes || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[scheme.Length..].Trim(), bytes, out var count))
            return null;
        var pair = Encoding.Latin1.GetString(bytes, 0, count);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 1 ? null : new BasicCredentials(pair[..colon], pair[(colon + 1)..]);
    }
}
