using System.Buffers.Binary;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>Programs that an operating system would run: a PE reached from its MZ header (PE format, "MS-DOS Stub"), an ELF identification (gABI).</summary>
internal static class Executables
{
    private const int PeOffsetField = 0x3C;

    public static bool IsWindowsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var program = bytes[at..];
        if (program.Length < PeOffsetField + 4)
            return false;
        var pe = BinaryPrimitives.ReadUInt32LittleEndian(program[PeOffsetField..]);
        return pe >= 4 && pe < program.Length && program[(int)pe..].StartsWith("PE\0\0"u8);
    }

    /// <summary>Class 32 or 64 bit, either byte order, version 1.</summary>
    public static bool IsElfAt(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length - at > 6 && bytes[at + 4] is 1 or 2 && bytes[at + 5] is 1 or 2 && bytes[at + 6] == 1;
}
