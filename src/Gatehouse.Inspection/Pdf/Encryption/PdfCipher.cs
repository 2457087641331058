using System.Security.Cryptography;

namespace Gatehouse.Inspection.Pdf.Encryption;

/// <summary>How strings and streams are encrypted.</summary>
internal enum CipherKind
{
    None,
    Rc4,
    Aes128,
    Aes256,
}

/// <summary>Decrypts with an open file's key (ISO 32000-1, 7.6.2; ISO 32000-2, 7.6.3).</summary>
internal sealed class PdfCipher(byte[] key, CipherKind streams, CipherKind strings)
{
    private const int BlockLength = 16;

    private readonly byte[] _key = key;

    private readonly (CipherKind Streams, CipherKind Strings) _kinds = (streams, strings);

    public bool IsSameAs(PdfCipher other) => _kinds == other._kinds && _key.AsSpan().SequenceEqual(other._key);

    public byte[] DecryptStream(byte[] data, int number, int generation) => Decrypt(_kinds.Streams, data, number, generation);

    public byte[] DecryptString(byte[] data, int number, int generation) => Decrypt(_kinds.Strings, data, number, generation);

    private byte[] Decrypt(CipherKind kind, byte[] data, int number, int generation) => kind switch
    {
        CipherKind.None => data,
        CipherKind.Rc4 => Rc4.Apply(ObjectKey(number, generation, isAes: false), data),
        CipherKind.Aes128 => DecryptAes(ObjectKey(number, generation, isAes: true), data),
        _ => DecryptAes(_key, data),
    };

    /// <summary>Algorithm 1.</summary>
    private byte[] ObjectKey(int number, int generation, bool isAes)
    {
        byte[] input = [.. _key, (byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)generation, (byte)(generation >> 8), .. isAes ? "sAlT"u8 : default];
        return MD5.HashData(input)[..Math.Min(_key.Length + 5, 16)];
    }

    /// <summary>The first block is the vector; the padding is taken off if it is one.</summary>
    private static byte[] DecryptAes(byte[] key, byte[] data)
    {
        var whole = data.Length / BlockLength * BlockLength;
        if (whole < 2 * BlockLength)
            return [];
        using var aes = Aes.Create();
        aes.Key = key;
        var plain = aes.DecryptCbc(data.AsSpan(BlockLength, whole - BlockLength), data.AsSpan(0, BlockLength), PaddingMode.None);
        return plain[^1] is > 0 and <= BlockLength ? plain[..^plain[^1]] : plain;
    }
}
