using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Genesys;

/// <summary>
/// Seals access tokens for the store: AES-256-GCM under a key that HKDF-SHA256 derives from the client secret, bound to the client id and the login host. So a stored token
/// is worth nothing without the secret, and nothing after the secret was changed.
/// </summary>
internal sealed class TokenVault(string clientId, string secret, Uri login)
{
    private const byte Format = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = 1 + NonceLength + TagLength;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        ikm: Encoding.UTF8.GetBytes(secret),
        outputLength: 32,
        salt: Encoding.UTF8.GetBytes(clientId),
        info: "gatehouse access token"u8.ToArray());

    private readonly byte[] _bound = Encoding.UTF8.GetBytes($"{clientId}\n{login.AbsoluteUri}");

    public byte[] Seal(string token)
    {
        var text = Encoding.UTF8.GetBytes(token);
        var sealedToken = new byte[HeadLength + text.Length];
        sealedToken[0] = Format;
        var nonce = sealedToken.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, text, sealedToken.AsSpan(HeadLength), sealedToken.AsSpan(1 + NonceLength, TagLength), _bound);
        CryptographicOperations.ZeroMemory(text);
        return sealedToken;
    }

    /// <summary>Null when it was sealed under another secret, client or host, or is damaged.</summary>
    public string? Open(ReadOnlySpan<byte> sealedToken)
    {
        if (sealedToken.Length <= HeadLength || sealedToken[0] != Format) return null;
        var text = new byte[sealedToken.Length - HeadLength];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(sealedToken.Slice(1, NonceLength), sealedToken[HeadLength..], sealedToken.Slice(1 + NonceLength, TagLength), text, _bound);
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
