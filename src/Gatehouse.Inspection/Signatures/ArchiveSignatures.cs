using System.Numerics;
using Gatehouse.Inspection.SecondFormats;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Signatures;

/// <summary>Archives and disc images.</summary>
internal static class ArchiveSignatures
{
    private static readonly NamedType Rar = Unpack("application/vnd.rar", "RAR archive");
    private static readonly NamedType SevenZip = Unpack("application/x-7z-compressed", "7-Zip archive");
    private static readonly NamedType Gzip = Unpack("application/gzip", "gzip archive");
    private static readonly NamedType Bzip2 = Unpack("application/x-bzip2", "bzip2 archive");
    private static readonly NamedType Xz = Unpack("application/x-xz", "xz archive");
    private static readonly NamedType Zstandard = Unpack("application/zstd", "Zstandard archive");
    private static readonly NamedType Tar = Unpack("application/x-tar", "tar archive");
    private static readonly NamedType Cabinet = Unpack("application/vnd.ms-cab-compressed", "Windows cabinet (CAB)");
    private static readonly NamedType Iso = Unpack("application/x-iso9660-image", "disc image (ISO)");

    private static readonly NamedType Xar = Unpack("application/x-xar", "macOS installer or XAR archive");
    private static readonly NamedType WindowsImage = Unpack("application/x-ms-wim", "Windows image (WIM)");
    private static readonly NamedType VirtualDisk = Unpack("application/x-vhdx", "virtual disk (VHDX)");
    private static readonly NamedType Lzma = Unpack("application/x-lzma", "LZMA archive");

    private static ReadOnlySpan<byte> LzmaSizeLeftOut => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    public static NamedType? Match(ReadOnlySpan<byte> p) => p[0] switch
    {
        (byte)'P' when At(p, 0, "PK"u8) && ZipKinds.Match(p) is { } zip => zip,
        (byte)'R' when At(p, 0, "Rar!\u001a\u0007"u8) => Rar,
        (byte)'R' when At(p, 0, "RE~^"u8) && U16(p, 4) is >= 7 and < 1024 => Rar,
        (byte)'7' when At(p, 0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]) => SevenZip,
        0x1F when At(p, 1, [0x8B, 8]) && (U8(p, 3) & 0xE0) == 0 => Gzip,
        (byte)'B' when At(p, 0, "BZh"u8) && U8(p, 3) is >= (byte)'1' and <= (byte)'9' && At(p, 4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) => Bzip2,
        0xFD when At(p, 1, [.. "7zXZ"u8, 0]) => Xz,
        0x28 when At(p, 1, [0xB5, 0x2F, 0xFD]) => Zstandard,
        (byte)'M' when At(p, 0, "MSCF\0\0\0\0"u8) => Cabinet,
        (byte)'x' when At(p, 0, "xar!\0\u001c\0\u0001"u8) => Xar,
        (byte)'M' when At(p, 0, "MSWIM\0\0\0"u8) => WindowsImage,
        (byte)'v' when At(p, 0, "vhdxfile"u8) && U8(p, 9) == 0 => VirtualDisk,
        // Its usual first byte, a dictionary of whole megabytes or 64 KB, and a size that is left out or below 1 TB.
        0x5D when At(p, 1, [0, 0]) && p.Length > 13 && BitOperations.IsPow2(U32(p, 1)) && (At(p, 5, LzmaSizeLeftOut) || (At(p, 10, [0, 0, 0]))) => Lzma,
        _ when TarHeader.Begins(p) => Tar,
        _ when At(p, 0x8001, "CD001"u8) => Iso,
        _ => null,
    };

    private static NamedType Unpack(string mime, string name) =>
        new(mime, name, $"This is a {name}. Unpack it and send the pictures, PDF or text files that are in it.");
}
