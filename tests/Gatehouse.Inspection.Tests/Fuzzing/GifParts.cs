namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>A GIF's header, extensions, frame descriptors and compressed pixels; the lengths of colour tables and data blocks set right.</summary>
internal static class GifParts
{
    private const byte Extension = 0x21;
    private const byte Frame = 0x2C;

    /// <summary>Signature and screen (sections 17 and 18), the last byte but two of which announces a colour table.</summary>
    private const int HeaderLength = 13;

    private const int DescriptorLength = 10;

    public static List<byte[]> Split(byte[] file)
    {
        var parts = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = Math.Min(file.Length - at, at == 0 ? HeaderLength + TableLength(file[HeaderLength - 3]) : Length(file.AsSpan(at), parts[^1]));
            parts.Add(file[at..(at + length)]);
            at += length;
        }

        return parts;
    }

    public static byte[] Repair(List<byte[]> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (i == 0)
                RepairTable(parts[i], HeaderLength);
            else if (IsPixels(parts[i - 1]))
                RepairBlocks(parts[i], 1);
            else if (parts[i] is [Frame, ..])
                RepairTable(parts[i], DescriptorLength);
            else if (parts[i] is [Extension, ..])
                RepairBlocks(parts[i], 2);
        }

        return [.. parts.SelectMany(p => p)];
    }

    /// <summary>What follows a frame's descriptor.</summary>
    private static bool IsPixels(byte[] before) => before is [Frame, ..] && before.Length >= DescriptorLength;

    private static int Length(ReadOnlySpan<byte> rest, byte[] before)
    {
        if (IsPixels(before))
            return BlocksLength(rest, 1);
        return rest[0] switch
        {
            Frame => DescriptorLength + (rest.Length < DescriptorLength ? 0 : TableLength(rest[DescriptorLength - 1])),
            Extension => BlocksLength(rest, 2),
            _ => 1,
        };
    }

    private static int BlocksLength(ReadOnlySpan<byte> rest, int at)
    {
        while (at < rest.Length && rest[at] != 0)
            at += 1 + rest[at];
        return at + 1;
    }

    private static int TableLength(byte packed) => (packed & 0x80) == 0 ? 0 : 6 << (packed & 7);

    /// <summary>The bits that announce the table say how long it is, where any can.</summary>
    private static void RepairTable(byte[] part, int header)
    {
        var place = header == HeaderLength ? HeaderLength - 3 : DescriptorLength - 1;
        for (var bits = 0; bits < 8; bits++)
        {
            if (part.Length == header + (6 << bits))
                part[place] = (byte)((part[place] & 0x78) | 0x80 | bits);
        }
    }

    /// <summary>Blocks whose lengths lead to the part's last byte, which ends them.</summary>
    private static void RepairBlocks(byte[] part, int at)
    {
        for (var last = part.Length - 1; at < last; at += 1 + part[at])
        {
            if (part[at] == 0 || at + 1 + part[at] > last)
                part[at] = (byte)Math.Min(255, last - at - 1);
        }

        if (part.Length > 0)
            part[^1] = 0;
    }
}
