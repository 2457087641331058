using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gatehouse.Inspection.Pdf.Encryption;

/// <summary>
/// The standard security handler (ISO 32000-1, 7.6.3; ISO 32000-2, 7.6.4), opened as a reader does without asking: by the empty password, as the user's and,
/// where that is known by itself, as the owner's.
/// </summary>
internal static class StandardSecurity
{
    private static ReadOnlySpan<byte> Padding =>
    [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];

    /// <summary>Null: the file asks for a password, or is locked in another way.</summary>
    public static PdfCipher? OpenWithoutPassword(PdfDictionary encryption, byte[] id, PdfObjects objects)
    {
        if (objects.Resolve(encryption["Filter"]) is not PdfName { Text: "Standard" })
            return null;
        var version = Number(encryption["V"], objects, 0);
        var revision = Number(encryption["R"], objects, 0);
        var key = version switch
        {
            1 or 2 or 4 => LegacyKey(encryption, id, objects, version, revision),
            5 => ModernKey(encryption, objects, revision),
            _ => null,
        };
        if (key is null)
            return null;
        if (version < 4)
            return new PdfCipher(key, CipherKind.Rc4, CipherKind.Rc4);
        return Method(encryption, "StmF", objects) is { } streams && Method(encryption, "StrF", objects) is { } strings ? new PdfCipher(key, streams, strings) : null;
    }

    /// <summary>Algorithms 2, 4, 5 and 6.</summary>
    private static byte[]? LegacyKey(PdfDictionary encryption, byte[] id, PdfObjects objects, int version, int revision)
    {
        if (Bytes(encryption["O"], objects) is not { Length: >= 32 } owner || Bytes(encryption["U"], objects) is not { Length: >= 16 } user || revision is < 2 or > 4)
            return null;
        var length = version == 1 || revision == 2 ? 5 : version == 4 ? 16 : Math.Clamp(Number(encryption["Length"], objects, 40) / 8, 5, 16);
        Span<byte> permissions = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, unchecked((int)(long)((objects.Resolve(encryption["P"]) as PdfNumber)?.Value ?? 0)));
        var plainMetadata = revision == 4 && objects.Resolve(encryption["EncryptMetadata"]) is PdfWord { Text: "false" };
        ReadOnlySpan<byte> marker = plainMetadata ? [0xFF, 0xFF, 0xFF, 0xFF] : default;
        var key = MD5.HashData([.. Padding, .. owner.AsSpan(0, 32), .. permissions, .. id, .. marker]);
        for (var i = 0; revision >= 3 && i < 50; i++)
            key = MD5.HashData(key.AsSpan(0, length));
        key = key[..length];
        return Opens(key, user, id, revision) ? key : null;
    }

    private static bool Opens(byte[] key, byte[] user, byte[] id, int revision)
    {
        if (revision == 2)
            return Rc4.Apply(key, Padding).AsSpan().SequenceEqual(user.AsSpan(0, Math.Min(32, user.Length)));
        var check = MD5.HashData([.. Padding, .. id]);
        for (var round = 0; round < 20; round++)
            check = Rc4.Apply([.. key.Select(b => (byte)(b ^ round))], check);
        return check.AsSpan().SequenceEqual(user.AsSpan(0, 16));
    }

    /// <summary>
    /// Algorithm 2.A with no password: the hash and two salts stand in <c>/U</c>, the wrapped key in <c>/UE</c>; the same for the owner in <c>/O</c> and
    /// <c>/OE</c>, with the user's entry in the hash.
    /// </summary>
    private static byte[]? ModernKey(PdfDictionary encryption, PdfObjects objects, int revision)
    {
        if (Bytes(encryption["U"], objects) is not { Length: >= 48 } user || Bytes(encryption["UE"], objects) is not { Length: >= 32 } wrapped || revision is not (5 or 6))
            return null;
        if (Unwrap(user, wrapped, [], revision) is { } key)
            return key;
        return Bytes(encryption["O"], objects) is { Length: >= 48 } owner && Bytes(encryption["OE"], objects) is { Length: >= 32 } wrappedForOwner
            ? Unwrap(owner, wrappedForOwner, user.AsSpan(0, 48), revision)
            : null;
    }

    private static byte[]? Unwrap(byte[] entry, byte[] wrapped, ReadOnlySpan<byte> user, int revision)
    {
        if (!Hash(entry.AsSpan(32, 8), user, revision).AsSpan().SequenceEqual(entry.AsSpan(0, 32)))
            return null;
        using var aes = Aes.Create();
        aes.Key = Hash(entry.AsSpan(40, 8), user, revision);
        return aes.DecryptCbc(wrapped.AsSpan(0, 32), new byte[16], PaddingMode.None);
    }

    /// <summary>Algorithm 2.B; revision 5 stops at the first hash.</summary>
    private static byte[] Hash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> user, int revision)
    {
        var key = SHA256.HashData([.. salt, .. user]);
        if (revision == 5)
            return key;
        using var aes = Aes.Create();
        for (var round = 0; ; round++)
        {
            var length = key.Length + user.Length;
            var input = new byte[length * 64];
            for (var at = 0; at < input.Length; at += length)
            {
                key.CopyTo(input, at);
                user.CopyTo(input.AsSpan(at + key.Length));
            }

            aes.Key = key[..16];
            var output = aes.EncryptCbc(input, key.AsSpan(16, 16), PaddingMode.None);
            // 256 is 1 modulo 3, so a number's remainder is its digits'.
            key = (output.AsSpan(0, 16).ToArray().Sum(b => b) % 3) switch
            {
                0 => SHA256.HashData(output),
                1 => SHA384.HashData(output),
                _ => SHA512.HashData(output),
            };
            if (round >= 63 && output[^1] <= round - 31)
                return key[..32];
        }
    }

    private static CipherKind? Method(PdfDictionary encryption, string key, PdfObjects objects)
    {
        if (objects.Resolve(encryption[key]) is not PdfName name || name.Text is "Identity")
            return CipherKind.None;
        var filters = objects.Resolve(encryption["CF"]) as PdfDictionary;
        var method = (objects.Resolve(filters?[name.Text]) as PdfDictionary)?["CFM"];
        return (objects.Resolve(method) as PdfName)?.Text switch
        {
            "V2" => CipherKind.Rc4,
            "AESV2" => CipherKind.Aes128,
            "AESV3" => CipherKind.Aes256,
            "None" => CipherKind.None,
            _ => null,
        };
    }

    private static int Number(PdfValue? value, PdfObjects objects, int otherwise) =>
        objects.Resolve(value) is PdfNumber number ? (int)Math.Clamp(number.Value, int.MinValue, int.MaxValue) : otherwise;

    private static byte[]? Bytes(PdfValue? value, PdfObjects objects) => (objects.Resolve(value) as PdfString)?.Bytes;
}
