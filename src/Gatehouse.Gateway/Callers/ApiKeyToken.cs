using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gatehouse.Gateway.Callers;

/// <summary>A key as its holder sends it: <c>gh_{id}_{secret}</c>, the id 16 hexadecimal digits to look it up by, the secret 256 random bits in base64url.</summary>
internal static class ApiKeyToken
{
    private const string Prefix = "gh_";
    private const int IdLength = 16;
    private const int SecretBytes = 32;

    /// <summary>32 bytes in base64url without padding.</summary>
    public const int SecretLength = 43;

    private static readonly SearchValues<char> IdChars = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> SecretChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static (string Id, string Secret) New() =>
        (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    public static string Write(string id, string secret) => $"{Prefix}{id}_{secret}";

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(IdChars);

    public static bool TryRead(ReadOnlySpan<char> token, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret)
    {
        id = secret = default;
        if (token.Length != Prefix.Length + IdLength + 1 + SecretLength || !token.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        id = token.Slice(Prefix.Length, IdLength);
        secret = token[^SecretLength..];
        return token[Prefix.Length + IdLength] == '_' && IsId(id) && !secret.ContainsAnyExcept(SecretChars);
    }
}
