using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Gatehouse.Inspection.Tests.Compression;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A PNG's signature and chunks; lengths, CRCs and the picture's own checksum set right.</summary>
internal static class PngParts
{
    private const int SignatureLength = 8;

    /// <summary>Length, type and CRC.</summary>
    private const int Around = 12;

    public static List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [file[..SignatureLength]];
        for (var at = SignatureLength; at < file.Length;)
        {
            var length = file.Length - at < Around ? file.Length - at : (int)Math.Min(file.Length - at, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) + Around);
            parts.Add(file[at..(at + length)]);
            at += length;
        }

        return parts;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        RepairPicture(parts);
        foreach (var chunk in parts.Skip(1).Where(p => p.Length >= Around))
        {
            BinaryPrimitives.WriteInt32BigEndian(chunk, chunk.Length - Around);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, chunk.Length - 8)));
        }

        return [.. parts.SelectMany(p => p)];
    }

    /// <summary>Where the picture's data still inflate, their Adler-32 is made to fit (RFC 1950).</summary>
    private static void RepairPicture(List<byte[]> parts)
    {
        var data = parts.Where(IsData).ToList();
        var zlib = data.SelectMany(c => c[8..^4]).ToArray();
        if (zlib.Length < 8 || data[^1].Length < Around + 4)
            return;
        try
        {
            using var rows = new MemoryStream();
            using (var inflater = new DeflateStream(new MemoryStream(zlib, 2, zlib.Length - 2), CompressionMode.Decompress))
                inflater.CopyTo(rows);
            Deflated.BigEndian(Deflated.Adler(rows.ToArray())).CopyTo(data[^1].AsSpan(data[^1].Length - 8));
        }
        catch (InvalidDataException)
        {
            // Stays as broken as it is.
        }
    }

    private static bool IsData(byte[] part) => part.Length >= Around && part.AsSpan(4, 4).SequenceEqual("IDAT"u8);
}
