using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Gateway.Links;

/// <summary>
/// Signs links and tells its own from others: HMAC-SHA-256 (RFC 2104) over key id, upload and expiry. The first key signs, every key is believed, so that a new key can be set in front of an old one that
/// goes when the last link of its has expired.
/// </summary>
public sealed class LinkSigner(IReadOnlyList<LinkKeyOptions> keys)
{
    private const string KeyName = "key";
    private const string ExpiresName = "expires";
    private const string SignatureName = "signature";

    /// <summary>A link whose key id is nobody's costs the same as one whose signature is wrong.</summary>
    private static readonly byte[] NobodysKey = RandomNumberGenerator.GetBytes(32);

    private readonly (string Id, byte[] Secret)[] _keys = [.. keys.Select(key => (key.Id, Encoding.UTF8.GetBytes(key.Secret)))];

    /// <summary>The query of a link's address, with its question mark.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public string Sign(UploadId upload, DateTimeOffset expires)
    {
        if (_keys.Length == 0) throw new InvalidOperationException($"{Keys.LinkKeyId.Name}: links cannot be signed without a key.");
        var (id, secret) = _keys[0];
        var seconds = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Text(id, seconds, Base64Url.EncodeToString(Mac(secret, id, upload, seconds)));
    }

    /// <summary>Whether a link with this query is one of ours and has not expired. The work is the same for every link that is not.</summary>
    public bool IsValid(UploadId upload, string query, DateTimeOffset now)
    {
        var members = QueryHelpers.ParseQuery(query);
        var (id, expires, signature) = (One(KeyName), One(ExpiresName), One(SignatureName));
        var secret = NobodysKey;
        foreach (var key in _keys)
        {
            if (string.Equals(key.Id, id, StringComparison.Ordinal)) secret = key.Secret;
        }
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isOurs = TryDecode(signature, given) & CryptographicOperations.FixedTimeEquals(given, Mac(secret, id, upload, expires));
        // One text a link: nothing is added, left out, or written in another way.
        return isOurs && string.Equals(query, Text(id, expires, signature), StringComparison.Ordinal) && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && now.ToUnixTimeSeconds() < seconds;

        string One(string name) => members.TryGetValue(name, out var values) && values is [{ Length: <= 64 } one] ? one : "";
    }

    private static string Text(string keyId, string expires, string signature) => $"?{KeyName}={keyId}&{ExpiresName}={expires}&{SignatureName}={signature}";

    private static byte[] Mac(byte[] secret, string keyId, UploadId upload, string expires) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"gatehouse-link-1\n{keyId}\n{upload}\n{expires}"));

    /// <summary>One text a signature: the unused bits of the last character are zero.</summary>
    private static bool TryDecode(string text, Span<byte> into)
    {
        // 32 bytes are 43 characters.
        if (text.Length != 43 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, into, out var written) || written != into.Length) return false;
        return string.Equals(Base64Url.EncodeToString(into), text, StringComparison.Ordinal);
    }
}
