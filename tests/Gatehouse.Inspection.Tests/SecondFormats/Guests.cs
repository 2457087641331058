using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Gatehouse.Inspection.Tests.SecondFormats;

/// <summary>Whole small files of the formats that hide in others.</summary>
internal static class Guests
{
    public const string ZipWithoutDirectory = "zip without its directory";

    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["zip"] = Zip(),
        [ZipWithoutDirectory] = Zip()[..(30 + 5 + 7)],
        ["rar4"] = [.. "Rar!\x1A\x07\0"u8, .. Rar4Header()],
        ["rar5"] = [.. "Rar!\x1A\x07\x01\0"u8, .. Rar5Header()],
        ["7z"] = SevenZip(),
        ["pdf"] = [.. "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"u8],
        ["iso"] = [1, .. "CD001\x01\0"u8, .. new byte[40]],
        ["tar"] = Tar(),
        ["exe"] = [.. "MZ"u8, .. new byte[58], 64, 0, 0, 0, .. "PE\0\0"u8, 0x64, 0x86],
        ["exe without its beginning"] = ProgramHeader(0x8664, 0x020B),
        ["elf"] = [0x7F, .. "ELF\x02\x01\x01\0"u8, .. new byte[20]],
        ["phar"] = [.. "echo 1; __HALT_COMPILER(); ?>"u8],
    };

    /// <summary>The same archive with an end record that lies, as some readers do not mind.</summary>
    public static byte[] ZipWith(int field, params byte[] value)
    {
        var zip = Zip();
        value.CopyTo(zip, zip.Length - 22 + field);
        return zip;
    }

    /// <summary>A name with letters beyond ASCII, which are negative where bytes are signed.</summary>
    public static byte[] TarWith(bool isSigned, string magic, string behindChecksum = "\0 ") => Tar([0xE9, 0xC3, 0x80], isSigned, magic, behindChecksum);

    private static byte[] Zip()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.txt").Open();
            entry.Write("hello"u8);
        }

        return stream.ToArray();
    }

    /// <summary>A PE's signature, the COFF header and the beginning of the optional one.</summary>
    public static byte[] ProgramHeader(ushort machine, ushort magic) => [.. "PE\0\0"u8, (byte)machine, (byte)(machine >> 8), .. new byte[18], (byte)magic, (byte)(magic >> 8)];

    /// <summary>One entry, its data's length behind the data.</summary>
    public static byte[] ZipEntry(ushort method, string name, int nameLength) =>
        [.. "PK\x03\x04"u8, 20, 0, 8, 0, (byte)method, (byte)(method >> 8), .. new byte[16], (byte)nameLength, (byte)(nameLength >> 8), 0, 0, .. Encoding.UTF8.GetBytes(name)];

    private static byte[] Rar4Header()
    {
        byte[] covered = [0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0];
        var crc = (ushort)Crc32.HashToUInt32(covered);
        return [(byte)crc, (byte)(crc >> 8), .. covered];
    }

    private static byte[] Rar5Header()
    {
        byte[] covered = [3, 1, 0, 0];
        return [.. Little(Crc32.HashToUInt32(covered)), .. covered, 0, 0, 0];
    }

    private static byte[] SevenZip()
    {
        var start = new byte[20];
        start[8] = 9;
        return [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. Little(Crc32.HashToUInt32(start)), .. start, .. new byte[9]];
    }

    private static byte[] Tar() => Tar("a.txt"u8, isSigned: false, "ustar\0", "\0 ");

    private static byte[] Tar(ReadOnlySpan<byte> name, bool isSigned, string magic, string behindChecksum)
    {
        var block = new byte[512];
        name.CopyTo(block);
        foreach (var (offset, length) in ((int, int)[])[(100, 8), (108, 8), (116, 8), (124, 12), (136, 12)])
            block.AsSpan(offset, length - 1).Fill((byte)'0');
        block[156] = (byte)'0';
        Encoding.ASCII.GetBytes(magic).CopyTo(block, 257);
        block.AsSpan(148, 8).Fill((byte)' ');
        var sum = block.Sum(b => isSigned ? (sbyte)b : b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + behindChecksum).CopyTo(block, 148);
        return block;
    }

    private static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
