using System.Security.Cryptography;
using System.Text;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// Seals guests' tokens for the store: whoever has one can read and write in that customer's conversation. AES-256-GCM under a configured key (<c>WebMessaging:TokenKey</c>), bound to the upload, so that a sealed token that is
/// moved to another row does not open there.
/// </summary>
public sealed class GuestTokenVault(ReadOnlyMemory<byte> key)
{
    /// <summary>Of the key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>The longest token that is taken, in characters; Genesys' own are UUIDs.</summary>
    public const int MaxTokenLength = 128;

    private const string Format = "guest1.";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>What may be a token: visible ASCII, nothing that a frame or a log would take for more.</summary>
    public static bool IsToken(string text) => text.Length is > 0 and <= MaxTokenLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    public string Seal(UploadId upload, string token)
    {
        var text = Encoding.ASCII.GetBytes(token);
        var whole = new byte[NonceLength + TagLength + text.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key.Span, TagLength);
        aes.Encrypt(whole.AsSpan(0, NonceLength), text, whole.AsSpan(NonceLength + TagLength), whole.AsSpan(NonceLength, TagLength), Bound(upload));
        CryptographicOperations.ZeroMemory(text);
        return Format + Convert.ToBase64String(whole);
    }

    /// <summary>Null when it was sealed under another key or for another upload, or is damaged.</summary>
    public string? Open(UploadId upload, string? sealedToken)
    {
        if (sealedToken is null || !sealedToken.StartsWith(Format, StringComparison.Ordinal)) return null;
        Span<byte> whole = stackalloc byte[NonceLength + TagLength + MaxTokenLength];
        if (!Convert.TryFromBase64Chars(sealedToken.AsSpan(Format.Length), whole, out var length) || length <= NonceLength + TagLength) return null;
        Span<byte> text = stackalloc byte[length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(key.Span, TagLength);
            aes.Decrypt(whole[..NonceLength], whole[(NonceLength + TagLength)..length], whole.Slice(NonceLength, TagLength), text, Bound(upload));
            return Encoding.ASCII.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Bound(UploadId upload) => Encoding.ASCII.GetBytes($"gatehouse guest token {upload}");
}
