using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gatehouse.Inspection.Compression;

/// <summary>zlib's checksum (RFC 1950, 8.2): two sums modulo 65,521.</summary>
internal static class Adler32
{
    public const uint Initial = 1;

    private const uint Modulus = 65521;

    /// <summary>The most bytes whose sums fit 32 bits before the modulus must be taken (5,552, RFC 1950's sample code), in whole vectors.</summary>
    private const int BytesPerModulus = 5536;

    public static uint Update(uint adler, ReadOnlySpan<byte> bytes)
    {
        var a = adler & 0xFFFF;
        var b = adler >> 16;
        while (!bytes.IsEmpty)
        {
            var chunk = bytes[..Math.Min(bytes.Length, BytesPerModulus)];
            bytes = bytes[chunk.Length..];
            if (Avx2.IsSupported)
                chunk = SumWide(chunk, ref a, ref b);
            else if (Vector128.IsHardwareAccelerated)
                chunk = SumNarrow(chunk, ref a, ref b);
            foreach (var value in chunk)
            {
                a += value;
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
        }

        return (b << 16) | a;
    }

    /// <summary>
    /// 32 bytes a step: their sum goes to <paramref name="a"/>; to <paramref name="b"/> go 32 times the sum before them, and each byte times its distance
    /// from the step's end. Returns what is left.
    /// </summary>
    private static ReadOnlySpan<byte> SumWide(ReadOnlySpan<byte> bytes, scoped ref uint a, scoped ref uint b)
    {
        var weights = Vector256.Create(
            32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, (sbyte)1);
        var ones = Vector256.Create((short)1);
        var sums = Vector256<uint>.Zero;
        var earlier = Vector256<uint>.Zero;
        var weighted = Vector256<int>.Zero;
        var steps = (uint)bytes.Length / 32;
        for (var i = 0u; i < steps; i++)
        {
            var step = Vector256.Create(bytes.Slice((int)i * 32, 32));
            earlier += sums;
            sums += Avx2.SumAbsoluteDifferences(step, Vector256<byte>.Zero).AsUInt32();
            weighted += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(step, weights), ones);
        }

        b += (a * steps * 32) + (Vector256.Sum(earlier) * 32) + (uint)Vector256.Sum(weighted);
        a += Vector256.Sum(sums);
        return bytes[(int)(steps * 32)..];
    }

    /// <summary>The same with 16 bytes a step and what every vector machine has.</summary>
    private static ReadOnlySpan<byte> SumNarrow(ReadOnlySpan<byte> bytes, scoped ref uint a, scoped ref uint b)
    {
        var lowWeights = Vector128.Create((ushort)16, 15, 14, 13, 12, 11, 10, 9);
        var highWeights = Vector128.Create((ushort)8, 7, 6, 5, 4, 3, 2, 1);
        var sums = Vector128<uint>.Zero;
        var earlier = Vector128<uint>.Zero;
        var weighted = Vector128<uint>.Zero;
        var steps = (uint)bytes.Length / 16;
        for (var i = 0u; i < steps; i++)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(bytes.Slice((int)i * 16, 16)));
            earlier += sums;
            var (sumLow, sumHigh) = Vector128.Widen(low + high);
            sums += sumLow + sumHigh;
            var (weightedLow, weightedHigh) = Vector128.Widen((low * lowWeights) + (high * highWeights));
            weighted += weightedLow + weightedHigh;
        }

        b += (a * steps * 16) + (Vector128.Sum(earlier) * 16) + Vector128.Sum(weighted);
        a += Vector128.Sum(sums);
        return bytes[(int)(steps * 16)..];
    }
}
