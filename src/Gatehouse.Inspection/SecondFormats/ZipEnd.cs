using System.Buffers.Binary;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>ZIP's end of central directory record (APPNOTE 4.3.16), the place where every reader begins.</summary>
internal static class ZipEnd
{
    public const int RecordLength = 22;

    /// <summary>The record and the longest comment that its 16 bit length allows.</summary>
    public const int LongestTail = RecordLength + ushort.MaxValue;

    private const int CentralHeaderLength = 46;
    private const int Zip64LocatorLength = 20;

    public static ReadOnlySpan<byte> Signature => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> CentralSignature => "PK\x01\x02"u8;

    private static ReadOnlySpan<byte> Zip64LocatorSignature => "PK\x06\x07"u8;

    /// <summary>A directory that lies before the bytes at hand is believed when the record's numbers agree with each other.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        if (Read(bytes, at) is not { } end)
            return false;
        if (end.IsZip64)
            return at >= Zip64LocatorLength && bytes[(at - Zip64LocatorLength)..].StartsWith(Zip64LocatorSignature);
        return end.DirectorySize > at || bytes[(at - (int)end.DirectorySize)..].StartsWith(CentralSignature);
    }

    /// <summary>The same for a record in a file's tail, whose directory may lie anywhere before it.</summary>
    public static bool ResolvesIn(IFileContent file, ReadOnlySpan<byte> tail, int at, long tailOffset)
    {
        if (Read(tail, at) is not { } end)
            return false;
        if (end.IsZip64)
            return IsAt(tail, at);
        var endOffset = tailOffset + at;
        return HasDirectoryAt(file, endOffset - end.DirectorySize) || HasDirectoryAt(file, end.DirectoryOffset);
    }

    private static bool HasDirectoryAt(IFileContent file, long offset)
    {
        Span<byte> signature = stackalloc byte[4];
        return offset >= 0 && file.ReadAt(offset, signature) == signature.Length && signature.SequenceEqual(CentralSignature);
    }

    private static End? Read(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length - at < RecordLength)
            return null;
        var record = bytes.Slice(at, RecordLength);
        var entriesHere = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var end = new End(BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), entries);
        if (end.IsZip64)
            return end;
        var agrees = entries > 0 && entriesHere == entries && end.DirectorySize >= (long)entries * CentralHeaderLength;
        return agrees ? end : null;
    }

    private readonly record struct End(uint DirectorySize, uint DirectoryOffset, ushort Entries)
    {
        /// <summary>A field too small for its number is all ones, and the number is in the ZIP64 record (APPNOTE 4.4.1.4).</summary>
        public bool IsZip64 => DirectorySize == uint.MaxValue || DirectoryOffset == uint.MaxValue || Entries == ushort.MaxValue;
    }
}
