using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Gateway.Callers;

/// <summary>
/// What is kept of a key: <c>hs256.{id}.{salt}.{digest}</c>, salt and digest in base64url, the digest HMAC-SHA256 of the secret's text under the salt. A slow hash would defend
/// secrets that can be guessed; this one is 256 random bits, so no guess is cheaper than another and the time would only be the gateway's.
/// </summary>
internal sealed record StoredKey(string Id, byte[] Salt, byte[] Digest)
{
    private const string Scheme = "hs256";
    private const int SaltBytes = 16;

    public static StoredKey Of(string id, string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var digest = new byte[HMACSHA256.HashSizeInBytes];
        Compute(salt, secret, digest);
        return new StoredKey(id, salt, digest);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out StoredKey? key)
    {
        key = null;
        if (text?.Split('.') is not [Scheme, var id, var salt, var digest] || !ApiKeyToken.IsId(id)) return false;
        var (saltBytes, digestBytes) = (Decode(salt), Decode(digest));
        if (saltBytes.Length != SaltBytes || digestBytes.Length != HMACSHA256.HashSizeInBytes) return false;
        key = new StoredKey(id, saltBytes, digestBytes);
        return true;
    }

    /// <summary>Takes the same time wherever the digests differ.</summary>
    public bool Matches(ReadOnlySpan<char> secret)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Compute(Salt, secret, digest);
        return CryptographicOperations.FixedTimeEquals(digest, Digest);
    }

    public override string ToString() => $"{Scheme}.{Id}.{Base64Url.EncodeToString(Salt)}.{Base64Url.EncodeToString(Digest)}";

    private static void Compute(byte[] salt, ReadOnlySpan<char> secret, Span<byte> digest)
    {
        Span<byte> text = stackalloc byte[ApiKeyToken.SecretLength];
        HMACSHA256.HashData(salt, text[..Encoding.ASCII.GetBytes(secret, text)], digest);
    }

    private static byte[] Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
}
