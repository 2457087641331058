using System.Buffers.Binary;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// Programs that an operating system would run: a PE reached from its MZ header (PE format, "MS-DOS Stub") or, as that may stand anywhere before it, a PE's own
/// header; an ELF identification (gABI).
/// </summary>
internal static class Executables
{
    private const int PeOffsetField = 0x3C;

    /// <summary>Behind the signature and the COFF header of 20 bytes.</summary>
    private const int OptionalHeader = 24;
    private const ushort Pe32 = 0x010B;
    private const ushort Pe32Plus = 0x020B;

    public static bool IsWindowsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var program = bytes[at..];
        if (program.Length < PeOffsetField + 4)
            return false;
        var pe = BinaryPrimitives.ReadUInt32LittleEndian(program[PeOffsetField..]);
        return pe >= 4 && pe < program.Length && program[(int)pe..].StartsWith("PE\0\0"u8);
    }

    /// <summary>
    /// A machine that Windows or UEFI runs on ("Machine Types") and the magic number of an image's optional header: by chance once in 2^60 places, signature included.
    /// </summary>
    public static bool IsHeaderAt(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length - at >= OptionalHeader + 2
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 4)..]) is 0x014C or 0x8664 or 0xAA64 or 0xA641 or 0xA64E or 0x01C0 or 0x01C2 or 0x01C4 or 0x0200 or 0x0EBC or 0x5032 or 0x5064
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + OptionalHeader)..]) is Pe32 or Pe32Plus;

    /// <summary>Class 32 or 64 bit, either byte order, version 1.</summary>
    public static bool IsElfAt(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length - at > 6 && bytes[at + 4] is 1 or 2 && bytes[at + 5] is 1 or 2 && bytes[at + 6] == 1;
}
