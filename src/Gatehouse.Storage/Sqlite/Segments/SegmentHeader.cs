using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Gatehouse.Storage.Sqlite.Segments;

/// <summary>
/// The segment's number at the beginning of its file. A database restored beside segments of a later moment may point into a file that has been used again: its
/// number then tells, and nobody is sent another's file.
/// </summary>
internal static class SegmentHeader
{
    public const int Length = sizeof(long);

    public static byte[] Of(long number)
    {
        var header = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(header, number);
        return header;
    }

    public static bool Names(SafeFileHandle handle, long number)
    {
        Span<byte> header = stackalloc byte[Length];
        return RandomAccess.Read(handle, header, 0) == Length && BinaryPrimitives.ReadInt64BigEndian(header) == number;
    }
}
