using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>
/// An archive's entries, the records of its directory and its end. CRCs, sizes and places are set right, and the directory and the end are made again from
/// the entries: a record keeps what only it says.
/// </summary>
internal static class ZipParts
{
    private const int LocalHeader = 30;
    private const int CentralHeader = 46;
    private const int EndRecord = 22;

    public static List<byte[]> Split(byte[] file)
    {
        var (directory, end) = Directory(file);
        if (end < 0)
            return [file];
        var starts = Records(file, directory, end).ToList();
        var entries = starts.Select(at => (int)ZipFields.Read(file.AsSpan(at), 42, 48)).Where(at => at >= 0 && at < directory).Append(0).Distinct().Order().ToList();
        return [.. Cut(file, [.. entries, .. starts, .. starts.Count == 0 || starts[0] > directory ? [directory] : Array.Empty<int>(), end])];
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        var (file, directory, records, names) = (new List<byte>(), new List<byte>(), parts.Where(p => IsRecord(p)).ToList(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var last = parts.FindLastIndex(IsEnd);
        var count = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            if (ZipEntryPart.Read(parts[i]) is { } entry)
            {
                entry.Repair(names);
                directory.AddRange(entry.Record(records, file.Count));
                file.AddRange(entry.Bytes());
                count++;
            }
            else if (!IsRecord(parts[i]) && i != last)
            {
                file.AddRange(parts[i]);
            }
        }

        var start = file.Count;
        return [.. file, .. directory, .. last < 0 ? [] : End(parts[last], count, directory.Count, start)];
    }

    /// <summary>Whether an offset lies among the entries: the end and the directory have been found right.</summary>
    public static bool IsInEntries(long offset, byte[] file) => offset > 0 && offset < Directory(file).Start;

    /// <summary>Whether an offset lies in the last of them.</summary>
    public static bool IsInLastEntry(long offset, byte[] file)
    {
        var start = Directory(file).Start;
        return offset > 0 && offset < start && offset >= file.AsSpan(0, start).LastIndexOf("PK\x03\x04"u8);
    }

    public static byte[]? Unpack(byte[] part) => ZipEntryPart.Read(part)?.Content;

    public static byte[] Pack(byte[] part, byte[] content) => ZipEntryPart.Read(part)?.With(content).Bytes() ?? part;

    private static bool IsRecord(byte[] part) => part.Length >= CentralHeader && part.AsSpan().StartsWith("PK\x01\x02"u8);

    private static bool IsEnd(byte[] part) => part.AsSpan().StartsWith("PK\x05\x06"u8) || part.AsSpan().StartsWith("PK\x06\x06"u8);

    /// <summary>Where the directory and what ends the file begin; an end at -1: there is none.</summary>
    private static (int Start, int End) Directory(byte[] file)
    {
        var record = file.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (record < 0 || file.Length - record < EndRecord)
            return (0, -1);
        var end = record >= 76 && file.AsSpan(record - 76).StartsWith("PK\x06\x06"u8) ? record - 76 : record;
        var start = end < record ? BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(end + 48)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(record + 16));
        return start >= 0 && start <= end ? ((int)start, end) : (0, -1);
    }

    private static IEnumerable<int> Records(byte[] file, int at, int end)
    {
        while (at + CentralHeader <= end)
        {
            yield return at;
            at += CentralHeader + ZipFields.U16(file, at + 28) + ZipFields.U16(file, at + 30) + ZipFields.U16(file, at + 32);
        }
    }

    private static IEnumerable<byte[]> Cut(byte[] file, int[] starts)
    {
        for (var i = 0; i < starts.Length; i++)
            yield return file[starts[i]..(i + 1 < starts.Length ? starts[i + 1] : file.Length)];
    }

    private static byte[] End(byte[] part, int count, int length, int start)
    {
        byte[] end = [.. part];
        var record = end.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (record >= 76)
        {
            foreach (var (at, value) in new[] { (24, count), (32, count), (40, length), (48, start) })
                BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(at), value);
            BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(record - 12), start + length);
        }

        if (record < 0 || end.Length - record < EndRecord)
            return end;
        var tail = end.AsSpan(record);
        var is64 = record >= 76;
        foreach (var (at, value) in new[] { (8, count), (10, count) })
            BinaryPrimitives.WriteUInt16LittleEndian(tail[at..], is64 ? ushort.MaxValue : (ushort)value);
        foreach (var (at, value) in new[] { (12, length), (16, start) })
            BinaryPrimitives.WriteUInt32LittleEndian(tail[at..], is64 ? uint.MaxValue : (uint)value);
        BinaryPrimitives.WriteUInt16LittleEndian(tail[20..], (ushort)(tail.Length - EndRecord));
        return end;
    }
}
