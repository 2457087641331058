using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Actors.Contacts;

/// <summary>The first 128 bits of a SHA-256 over length-prefixed parts: what a state keeps of longer things that it only compares.</summary>
public readonly record struct Fingerprint(UInt128 Value)
{
    public static Fingerprint Of(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            // An absent part differs from an empty one.
            var bytes = part is null ? null : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            hash.AppendData(length);
            if (bytes is not null) hash.AppendData(bytes);
        }
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new Fingerprint(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }
}
