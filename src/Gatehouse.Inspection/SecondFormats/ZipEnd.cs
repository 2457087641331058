using System.Buffers.Binary;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// ZIP's end of central directory record (APPNOTE 4.3.16), the place where every reader begins. Readers differ in which of its numbers they believe, so that
/// it is one when any of them leads to a directory, or when a directory's entry stands before it, whatever the numbers say.
/// </summary>
internal static class ZipEnd
{
    public const int RecordLength = 22;

    /// <summary>The record and the longest comment that its 16 bit length allows.</summary>
    public const int LongestTail = RecordLength + ushort.MaxValue;

    private const int CentralHeaderLength = 46;
    private const int Zip64LocatorLength = 20;

    /// <summary>For an entry that no number leads to, where any number of records may stand: a file's own end is searched as far as readers look.</summary>
    private const int SearchedBefore = 512;

    public static ReadOnlySpan<byte> Signature => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> CentralSignature => "PK\x01\x02"u8;

    private static ReadOnlySpan<byte> Zip64LocatorSignature => "PK\x06\x07"u8;

    /// <summary>A directory that lies before the bytes at hand is believed when the record's numbers agree with each other.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length - at < RecordLength)
            return false;
        var end = End.Read(bytes[at..]);
        if (HasZip64Locator(bytes, at) || (end.Agrees && end.DirectorySize > at))
            return true;
        if (end.DirectorySize <= at && bytes[(at - (int)end.DirectorySize)..].StartsWith(CentralSignature))
            return true;
        var near = Math.Max(0, at - SearchedBefore);
        return HasEntryBefore(at - near, FirstEntry(bytes[near..at]));
    }

    /// <summary>The same for a record in a file's tail, whose directory may lie anywhere before it.</summary>
    /// <param name="firstEntry">Of a directory, in the tail.</param>
    public static bool ResolvesIn(IFileContent file, ReadOnlySpan<byte> tail, int at, long tailOffset, int firstEntry)
    {
        if (tail.Length - at < RecordLength)
            return false;
        var end = End.Read(tail[at..]);
        return HasZip64Locator(tail, at) || HasEntryBefore(at, firstEntry)
            || HasDirectoryAt(file, tailOffset + at - end.DirectorySize) || HasDirectoryAt(file, end.DirectoryOffset);
    }

    /// <summary>Where a directory's first entry stands; -1: nowhere.</summary>
    public static int FirstEntry(ReadOnlySpan<byte> bytes) => bytes.IndexOf(CentralSignature);

    private static bool HasEntryBefore(int at, int firstEntry) => firstEntry >= 0 && firstEntry + CentralHeaderLength <= at;

    private static bool HasZip64Locator(ReadOnlySpan<byte> bytes, int at) =>
        at >= Zip64LocatorLength && bytes[(at - Zip64LocatorLength)..].StartsWith(Zip64LocatorSignature);

    private static bool HasDirectoryAt(IFileContent file, long offset)
    {
        Span<byte> signature = stackalloc byte[4];
        return offset >= 0 && file.ReadAt(offset, signature) == signature.Length && signature.SequenceEqual(CentralSignature);
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private readonly record struct End(uint DirectorySize, uint DirectoryOffset, ushort EntriesHere, ushort Entries)
    {
        public bool Agrees => Entries > 0 && EntriesHere == Entries && DirectorySize < uint.MaxValue && DirectorySize >= (long)Entries * CentralHeaderLength;

        public static End Read(ReadOnlySpan<byte> record) => new(
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), U16(record, 8), U16(record, 10));
    }
}
