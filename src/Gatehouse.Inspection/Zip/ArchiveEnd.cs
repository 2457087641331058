using System.Buffers.Binary;
using Gatehouse.Inspection.SecondFormats;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>
/// Where the directory is: the end of central directory record (APPNOTE.TXT 4.3.16) with its comment as the file's last bytes, and the ZIP64 record and
/// locator before it (4.3.14, 4.3.15) where they are.
/// </summary>
internal readonly record struct ArchiveEnd(long DirectoryOffset, long DirectoryLength, int Entries, int CommentLength)
{
    private const int LocatorLength = 20;
    private const int Record64Length = 56;
    private const int CentralHeaderLength = 46;

    public static ArchiveEnd Read(ZipSource source)
    {
        var length = (int)Math.Min(source.Length, ZipEnd.LongestTail);
        using var buffer = new PooledSpan<byte>(length);
        var tail = buffer.Span;
        source.ReadAll(source.Length - length, tail);
        var at = FindRecord(tail, source.Length - length);
        HiddenData.Search(tail[(at + ZipEnd.RecordLength)..], source.Length - length + at + ZipEnd.RecordLength);
        return Read(source, tail.Slice(at, ZipEnd.RecordLength), source.Length - length + at);
    }

    /// <summary>The last record is the one that every reader finds; its comment fills the rest of the file, and holds no second one.</summary>
    private static int FindRecord(ReadOnlySpan<byte> tail, long offset)
    {
        var last = LastRecord(tail, tail.Length);
        if (last < 0)
            throw ZipStops.Truncated(offset + tail.Length);
        var end = EndOf(tail, last);
        if (end == tail.Length)
            return last;
        for (var at = last; (at = LastRecord(tail, at)) >= 0;)
        {
            if (EndOf(tail, at) == tail.Length)
                throw ZipStops.SecondFormat(offset + last, "ZIP archive");
        }

        throw end < tail.Length ? ZipStops.Trailing(offset + end, "behind its end") : ZipStops.Truncated(offset + tail.Length);
    }

    private static int LastRecord(ReadOnlySpan<byte> tail, int before)
    {
        var at = tail[..before].LastIndexOf(ZipEnd.Signature);
        while (at >= 0 && tail.Length - at < ZipEnd.RecordLength)
            at = tail[..at].LastIndexOf(ZipEnd.Signature);
        return at;
    }

    private static int EndOf(ReadOnlySpan<byte> tail, int record) => record + ZipEnd.RecordLength + U16(tail, record + 20);

    private static ArchiveEnd Read(ZipSource source, ReadOnlySpan<byte> record, long offset)
    {
        Span<byte> record64 = stackalloc byte[Record64Length];
        var has64 = TryRead64(source, offset, record64);
        var directoryEnd = has64 ? offset - LocatorLength - Record64Length : offset;
        var entries = Field(U16(record, 10), ushort.MaxValue, record64[32..], has64);
        var size = Field(U32(record, 12), uint.MaxValue, record64[40..], has64);
        var start = Field(U32(record, 16), uint.MaxValue, record64[48..], has64);
        // One disk (4.4.19 to 4.4.22).
        if (U32(record, 4) != 0 || U16(record, 8) != U16(record, 10) || entries < 0 || size < 0 || start < 0)
            throw ZipStops.Structure(offset, "the record at its end is wrong");
        if (entries > ZipLimits.Entries)
            throw ZipStops.Entries(offset);
        if (entries == 0)
            throw ZipStops.Structure(offset, "it holds no files");
        if (size > directoryEnd || start > directoryEnd || start + size > directoryEnd || size < entries * CentralHeaderLength)
            throw ZipStops.Structure(offset, "its directory is not where it must be");
        if (start + size < directoryEnd)
            throw HiddenData.InGap(source, start + size, directoryEnd);
        return new ArchiveEnd(start, size, (int)entries, U16(record, 20));
    }

    private static bool TryRead64(ZipSource source, long end, Span<byte> record)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        if (end < LocatorLength + Record64Length || source.Read(end - LocatorLength, locator) < LocatorLength || !At(locator, 0, "PK\x06\x07"u8))
            return false;
        var offset = end - LocatorLength - Record64Length;
        source.ReadAll(offset, record);
        var isWhole = At(record, 0, "PK\x06\x06"u8) && BinaryPrimitives.ReadUInt64LittleEndian(record[4..]) == Record64Length - 12
            && BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]) == (ulong)offset && U32(locator, 4) == 0 && U32(locator, 16) <= 1
            && U32(record, 16) == 0 && U32(record, 20) == 0 && record.Slice(24, 8).SequenceEqual(record.Slice(32, 8));
        return isWhole ? true : throw ZipStops.Structure(offset, "the ZIP64 record at its end is wrong");
    }

    /// <summary>A field that is all ones has its value in the ZIP64 record (4.4.1.4); any other says the same as it. -1: it does not.</summary>
    private static long Field(uint value, uint allOnes, ReadOnlySpan<byte> value64, bool has64)
    {
        if (!has64)
            return value == allOnes ? -1 : value;
        var large = BinaryPrimitives.ReadInt64LittleEndian(value64);
        return value == allOnes || value == large ? large : -1;
    }
}
