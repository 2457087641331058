using System.Buffers.Binary;
using Gatehouse.Inspection.Tests.Webp;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A WebP's form, chunks and, between a frame's header and an empty part, the frame's chunks; sizes, padding and the flags that tell which chunks there are set right.</summary>
internal static class RiffParts
{
    private const int FormHeader = 12;
    private const int ChunkHeader = 8;
    private const int FlagsOffset = FormHeader + ChunkHeader;

    /// <summary>A frame's chunk header and its own fields (RFC 9649, 2.7.1.1).</summary>
    private const int FrameHeader = ChunkHeader + 16;

    public static List<byte[]> Split(byte[] file)
    {
        var parts = new List<byte[]> { file[..Math.Min(FormHeader, file.Length)] };
        Split(file, parts[0].Length, file.Length, parts);
        return parts;
    }

    public static int Extent(List<byte[]> parts, int at)
    {
        var end = IsFrame(parts[at]) ? parts.FindIndex(at, p => p.Length == 0) : at;
        return Math.Max(end, at) - at + 1;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        var file = new List<byte>();
        var frame = -1;
        foreach (var part in parts)
        {
            if (frame >= 0 && part.Length == 0)
                (frame, _) = (-1, SetSize(file, frame));
            else if (IsFrame(part))
                frame = file.Count;
            file.AddRange(IsFrame(part) || file.Count == 0 ? part : Sized(part));
        }

        if (frame >= 0)
            SetSize(file, frame);
        if (file.Count >= FormHeader)
            SetSize(file, 0);
        SetFlags(file, parts);
        return [.. file];
    }

    /// <summary>RFC 9649, 2.7.1: of the canvas, where it is the first chunk.</summary>
    private static void SetFlags(List<byte> file, List<byte[]> parts)
    {
        if (parts.Count < 2 || file.Count <= FlagsOffset || !parts[1].AsSpan().StartsWith("VP8X"u8))
            return;
        file[FlagsOffset] = parts.Aggregate((byte)0, (flags, part) => (byte)(flags | WebpBuilder.FlagOf(part)));
    }

    private static void Split(byte[] file, int at, int end, List<byte[]> parts)
    {
        while (at < end)
        {
            var size = end - at < ChunkHeader ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4));
            var length = (int)Math.Min(end - at, ChunkHeader + size + (size & 1));
            if (IsFrame(file.AsSpan(at, Math.Min(length, FrameHeader))))
            {
                parts.Add(file[at..(at + FrameHeader)]);
                Split(file, at + FrameHeader, at + length, parts);
                parts.Add([]);
            }
            else
            {
                parts.Add(file[at..(at + length)]);
            }

            at += length;
        }
    }

    private static bool IsFrame(ReadOnlySpan<byte> part) => part.Length == FrameHeader && part.StartsWith("ANMF"u8);

    /// <summary>A chunk whose padding still follows from its size stays as it is.</summary>
    private static byte[] Sized(byte[] chunk)
    {
        if (chunk.Length < ChunkHeader)
            return chunk;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
        if (chunk.Length == ChunkHeader + (long)size + (size & 1))
            return chunk;
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), chunk.Length - ChunkHeader);
        return chunk.Length % 2 == 0 ? chunk : [.. chunk, 0];
    }

    private static int SetSize(List<byte> file, int at)
    {
        var size = file.Count - at - ChunkHeader;
        for (var i = 0; i < 4; i++)
            file[at + 4 + i] = (byte)(size >> (8 * i));
        return size;
    }
}
