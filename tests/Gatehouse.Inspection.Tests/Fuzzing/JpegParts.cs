using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A JPEG's markers, segments and entropy-coded data; segment lengths set right.</summary>
internal static class JpegParts
{
    public static List<byte[]> Split(byte[] file)
    {
        var parts = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = Math.Min(file.Length - at, Length(file.AsSpan(at)));
            parts.Add(file[at..(at + length)]);
            at += length;
        }

        return parts;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        foreach (var segment in parts.Where(p => p.Length is >= 4 and < 65538 && IsSegment(p)))
            BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. parts.SelectMany(p => p)];
    }

    private static int Length(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4 || rest[0] != 0xFF)
            return Entropy(rest);
        return IsSegment(rest) ? 2 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) : 2;
    }

    /// <summary>To the next marker that is neither stuffing nor a restart.</summary>
    private static int Entropy(ReadOnlySpan<byte> rest)
    {
        for (var at = 1; at + 1 < rest.Length; at++)
        {
            if (rest[at] == 0xFF && rest[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
                return at;
        }

        return rest.Length;
    }

    private static bool IsSegment(ReadOnlySpan<byte> part) => part[0] == 0xFF && part[1] is >= 0xC0 and < 0xFF and not (>= 0xD0 and <= 0xD9);
}
