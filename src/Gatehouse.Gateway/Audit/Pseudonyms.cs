using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Gateway.Audit;

/// <summary>
/// Where <c>Audit:HashKey</c> is set: HMAC-SHA-256 under it in the place of what names a person or their file. Who has the key finds a contact's lines; who has the lines alone finds nobody, as nothing can be tried
/// out without it.
/// </summary>
/// <param name="key">Null or empty: everything stands as it is.</param>
public sealed class Pseudonyms(string? key)
{
    private readonly byte[]? _key = string.IsNullOrEmpty(key) ? null : Encoding.UTF8.GetBytes(key);

    /// <summary>Tells lines of one key from those of another, and says nothing of it; null: none is used.</summary>
    public string? KeyName { get; } = string.IsNullOrEmpty(key) ? null : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "key:"u8))[..8];

    /// <param name="kind">Of the value, so that the same text as another thing is another hash.</param>
    public string? Of(string kind, string? value) =>
        _key is null || value is null ? value : Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{kind}:{value}")));
}
