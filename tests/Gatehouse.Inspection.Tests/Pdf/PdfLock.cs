using System.Security.Cryptography;

namespace Gatehouse.Inspection.Tests.Pdf;

/// <summary>
/// Encrypts with the empty user password (ISO 32000-1, 7.6.3; ISO 32000-2, 7.6.4): revision 2 and 3 by RC4, 4 by AES-128, 5 and 6 by AES-256; or, from revision 5
/// on, with a user's password that nobody knows and an empty one of the owner's.
/// </summary>
internal sealed class PdfLock
{
    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    private readonly int _revision;
    private readonly byte[] _key;

    public PdfLock(int revision, Random random, bool byOwner = false)
    {
        _revision = revision;
        Id = Noise(random, 16);
        (_key, Dictionary) = revision >= 5 ? Modern(random, byOwner) : Legacy(random);
    }

    public byte[] Id { get; }

    public string Dictionary { get; }

    public byte[] Encrypt(byte[] plain, int number)
    {
        if (_revision >= 5)
            return Aes(_key, plain);
        byte[] input = [.. _key, (byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0, .. _revision == 4 ? "sAlT"u8 : default];
        var key = MD5.HashData(input)[..Math.Min(16, _key.Length + 5)];
        return _revision == 4 ? Aes(key, plain) : Rc4(key, plain);
    }

    private (byte[] Key, string Dictionary) Legacy(Random random)
    {
        var length = _revision == 2 ? 5 : 16;
        var owner = Noise(random, 32);
        var key = MD5.HashData([.. Padding, .. owner, 0xFC, 0xFF, 0xFF, 0xFF, .. Id]);
        for (var i = 0; _revision > 2 && i < 50; i++)
            key = MD5.HashData(key.AsSpan(0, length));
        key = key[..length];
        var user = _revision == 2 ? Rc4(key, Padding) : MD5.HashData([.. Padding, .. Id]);
        for (var round = 0; _revision > 2 && round < 20; round++)
            user = Rc4([.. key.Select(b => (byte)(b ^ round))], user);
        var version = _revision switch { 2 => "/V 1", 3 => "/V 2/Length 128", _ => "/V 4/Length 128/CF<</StdCF<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>>>/StmF/StdCF/StrF/StdCF" };
        return (key, $"<</Filter/Standard{version}/R {_revision}/P -4/O{Hex(owner)}/U{Hex([.. user, .. new byte[32 - user.Length]])}>>");
    }

    private (byte[] Key, string Dictionary) Modern(Random random, bool byOwner)
    {
        var (key, validation, wrapping) = (Noise(random, 32), Noise(random, 8), Noise(random, 8));
        var unknown = Noise(random, 48);
        var mixedIn = byOwner ? unknown : [];
        byte[] known = [.. Hash(validation, mixedIn), .. validation, .. wrapping];
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = Hash(wrapping, mixedIn);
        var wrapped = aes.EncryptCbc(key, new byte[16], PaddingMode.None);
        var (user, owner) = byOwner ? (unknown, known) : (known, unknown);
        var (forUser, forOwner) = byOwner ? (Noise(random, 32), wrapped) : (wrapped, Noise(random, 32));
        aes.Key = key;
        var permissions = aes.EncryptEcb([0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. "Tadb"u8, 1, 2, 3, 4], PaddingMode.None);
        return (key, $"<</Filter/Standard/V 5/Length 256/R {_revision}/P -4/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF/O{Hex(owner)}/OE{Hex(forOwner)}/U{Hex(user)}/UE{Hex(forUser)}/Perms{Hex(permissions)}>>");
    }

    /// <summary>Algorithm 2.B.</summary>
    private byte[] Hash(byte[] salt, byte[] user)
    {
        var key = SHA256.HashData([.. salt, .. user]);
        using var aes = System.Security.Cryptography.Aes.Create();
        for (var round = 1; _revision == 6; round++)
        {
            aes.Key = key[..16];
            var mixed = aes.EncryptCbc([.. Enumerable.Repeat<byte[]>([.. key, .. user], 64).SelectMany(k => k)], key.AsSpan(16, 16), PaddingMode.None);
            var remainder = new System.Numerics.BigInteger(mixed.AsSpan(0, 16), isUnsigned: true, isBigEndian: true) % 3;
            key = remainder.IsZero ? SHA256.HashData(mixed) : remainder.IsOne ? SHA384.HashData(mixed) : SHA512.HashData(mixed);
            if (round >= 64 && mixed[^1] <= round - 32)
                break;
        }

        return key[..32];
    }

    private static byte[] Aes(byte[] key, byte[] plain)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        return [.. key.AsSpan(0, 16), .. aes.EncryptCbc(plain, key.AsSpan(0, 16), PaddingMode.PKCS7)];
    }

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var output = new byte[data.Length];
        for (int n = 0, i = 0, j = 0; n < data.Length; n++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            output[n] = (byte)(data[n] ^ state[(state[i] + state[j]) & 255]);
        }

        return output;
    }

    private static string Hex(byte[] bytes) => $"<{Convert.ToHexString(bytes)}>";

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
