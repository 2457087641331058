using System.Globalization;
using System.Text;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A PDF's objects, and what stands behind them; stream lengths, the cross-reference (table or stream) and its place set right.</summary>
internal static class PdfParts
{
    private static readonly byte[] ObjectEnd = "endobj\n"u8.ToArray();

    public static List<byte[]> Split(byte[] file)
    {
        var parts = new List<byte[]>();
        var at = file.AsSpan().IndexOf((byte)'\n') + 1;
        parts.Add(file[..at]);
        while (file.AsSpan(at).IndexOf(ObjectEnd) is var end and >= 0)
        {
            parts.Add(file[at..(at + end + ObjectEnd.Length)]);
            at += end + ObjectEnd.Length;
        }

        parts.Add(file[at..]);
        return parts;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        var file = new List<byte>();
        var offsets = new SortedDictionary<int, int>();
        var crossReference = -1;
        for (var i = 0; i < parts.Count; i++)
        {
            var number = Number(parts[i]);
            if (number >= 0)
            {
                offsets[number] = file.Count;
                parts[i] = WithLength(parts[i]);
                if (parts[i].AsSpan().IndexOf("/XRef"u8) >= 0)
                {
                    crossReference = file.Count;
                    RepairEntries(parts[i], offsets);
                }
            }

            var table = parts[i].AsSpan().IndexOf("trailer"u8);
            if (table >= 0)
            {
                crossReference = file.Count;
                file.AddRange(Table(offsets));
                parts[i] = parts[i][table..];
            }

            var place = parts[i].AsSpan().IndexOf("startxref"u8);
            file.AddRange(place < 0 ? parts[i] : [.. parts[i][..place], .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"startxref\n{crossReference}\n%%EOF\n"))]);
        }

        return [.. file];
    }

    /// <summary>Where the file says that its cross-reference is; -1: nowhere.</summary>
    public static long LastStart(byte[] file)
    {
        var rest = file.AsSpan(file.AsSpan().LastIndexOf("startxref"u8) is var at and >= 0 ? at + 9 : file.Length).TrimStart(" \r\n"u8);
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && long.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var start) ? start : -1;
    }

    private static int Number(byte[] part)
    {
        var digits = part.AsSpan().IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits is > 0 and < 6 && part.AsSpan(digits).StartsWith(" 0 obj"u8) ? int.Parse(part.AsSpan(0, digits), CultureInfo.InvariantCulture) : -1;
    }

    private static byte[] WithLength(byte[] part)
    {
        var start = part.AsSpan().IndexOf("stream\n"u8);
        var end = part.AsSpan().LastIndexOf("\nendstream"u8);
        var length = part.AsSpan().IndexOf("/Length "u8);
        if (start < 0 || end < start + 7 || length < 0 || length > start)
            return part;
        var digits = part.AsSpan(length + 8).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits < 0 ? part : [.. part[..(length + 8)], .. Encoding.ASCII.GetBytes((end - start - 7).ToString(CultureInfo.InvariantCulture)), .. part[(length + 8 + digits)..]];
    }

    /// <summary>Entries of 1, 4 and 1 bytes, not packed.</summary>
    private static void RepairEntries(byte[] part, SortedDictionary<int, int> offsets)
    {
        var start = part.AsSpan().IndexOf("stream\n"u8) + 7;
        foreach (var (number, offset) in offsets)
        {
            var entry = start + (number * 6);
            if (start >= 7 && entry + 6 <= part.Length && part[entry] == 1)
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(part.AsSpan(entry + 1), offset);
        }
    }

    private static byte[] Table(SortedDictionary<int, int> offsets)
    {
        var table = new StringBuilder("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, offset) in offsets)
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n");
        return Encoding.ASCII.GetBytes(table.ToString());
    }
}
