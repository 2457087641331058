using System.Buffers.Binary;
using System.Text;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>An entry's local header (APPNOTE.TXT 4.3.7) and the descriptor behind its data (4.3.9): both say what the directory says.</summary>
/// <param name="Data">Where the entry's data begins.</param>
/// <param name="ExtraLength">Of the bytes beside the name.</param>
internal readonly record struct LocalHeader(string Name, long Data, int ExtraLength)
{
    private const int Length = 30;

    public static LocalHeader Read(ZipSource source, in ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[Length];
        source.ReadAll(entry.Offset, header);
        if (!At(header, 0, "PK\x03\x04"u8))
            throw ZipStops.Structure(entry.Offset, "its directory leads to no entry");
        EntryVersion.Check(header[4], entry.Offset);
        var (nameLength, extraLength) = (U16(header, 26), U16(header, 28));
        using var rest = new PooledSpan<byte>(nameLength + extraLength);
        source.ReadAll(entry.Offset + Length, rest.Span);
        var name = rest.Span[..nameLength];
        var extra = rest.Span[nameLength..];
        HiddenData.SearchHeader(rest.Span, nameLength, entry.Offset + Length);
        var agrees = U16(header, 6) == entry.Flags && U16(header, 8) == entry.Method && EntryName.Digest(name) == entry.Name && SizesAgree(header, extra, entry);
        if (!agrees)
            throw ZipStops.Structure(entry.Offset, "an entry is not what its directory says");
        if (ExtraFields.IsLink(extra, entry.Offset))
            throw ZipStops.PathEscape(entry.Offset);
        var encoding = (entry.Flags & ZipEntry.Utf8Flag) != 0 ? Encoding.UTF8 : Encoding.Latin1;
        var text = UnicodePath.Read(extra, name, entry.Offset) ?? encoding.GetString(name);
        if (EntryName.Key(text) != entry.Key)
            throw ZipStops.Structure(entry.Offset, "an entry is not what its directory says");
        return new LocalHeader(text, entry.Offset + Length + nameLength + extraLength, extraLength);
    }

    /// <summary>
    /// Where the entry ends: at the next one, or as near to it as its descriptor. That has the CRC and the sizes, in 32 or 64 bits, with a signature or
    /// without.
    /// </summary>
    public long EndOf(ZipSource source, in ZipEntry entry, long next)
    {
        var end = Data + entry.Packed;
        if (!entry.HasDescriptor)
            return end;
        Span<byte> descriptor = stackalloc byte[24];
        var length = (int)Math.Clamp(next - end, 0, descriptor.Length);
        source.ReadAll(end, descriptor[..length]);
        var fields = length is 16 or 24 && At(descriptor, 0, "PK\x07\x08"u8) ? descriptor[4..length] : descriptor[..length];
        var agrees = fields.Length switch
        {
            12 => U32(fields, 0) == entry.Crc && U32(fields, 4) == entry.Packed && U32(fields, 8) == entry.Unpacked,
            20 => U32(fields, 0) == entry.Crc && Large(fields, 4) == entry.Packed && Large(fields, 12) == entry.Unpacked,
            _ => false,
        };
        return agrees ? end + length : throw ZipStops.Structure(end, "the sizes behind an entry are not what its directory says");
    }

    /// <summary>With a descriptor they may be left out, all or some (4.4.4, bit 3).</summary>
    private static bool SizesAgree(ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra, in ZipEntry entry)
    {
        var zip64 = ExtraFields.FindZip64(extra, entry.Offset);
        var unpacked = ExtraFields.Value(U32(header, 22), ref zip64);
        var packed = ExtraFields.Value(U32(header, 18), ref zip64);
        var crc = U32(header, 14);
        var mayBeZero = entry.HasDescriptor;
        return (crc == entry.Crc || (mayBeZero && crc == 0)) && (packed == entry.Packed || (mayBeZero && packed == 0))
            && (unpacked == entry.Unpacked || (mayBeZero && unpacked == 0));
    }

    private static long Large(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
