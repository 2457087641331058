using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using static Gatehouse.Inspection.Tests.Zip.Little;

namespace Gatehouse.Inspection.Tests.Zip;

public enum Descriptor
{
    None,
    Marked,
    Bare,
    Marked64,
    Bare64,
}

/// <summary>One entry, with a hand on every field of its headers.</summary>
internal sealed record ZipItem(string Name, byte[] Content)
{
    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    public ushort Method { get; init; } = Deflated;

    public ushort Flags { get; init; }

    public Descriptor Descriptor { get; init; }

    /// <summary>Sizes in the ZIP64 field, all ones in the headers.</summary>
    public bool IsZip64 { get; init; }

    public byte[]? NameBytes { get; init; }

    /// <summary>What stands in the file for the content.</summary>
    public byte[]? Packed { get; init; }

    public long? ClaimedSize { get; init; }

    public byte[] LocalExtra { get; init; } = [];

    public byte[] CentralExtra { get; init; } = [];

    public string Comment { get; init; } = "";

    public uint Attributes { get; init; }

    /// <summary>Bytes of no entry, before this one.</summary>
    public byte[] GapBefore { get; init; } = [];

    public Action<byte[]> FalsifyLocal { get; init; } = _ => { };

    public Action<byte[]> FalsifyCentral { get; init; } = _ => { };

    public Action<byte[]> FalsifyDescriptor { get; init; } = _ => { };

    private byte[] NameInFile => NameBytes ?? Encoding.UTF8.GetBytes(Name);

    private ushort FlagsInFile => (ushort)(Flags | (Descriptor == Descriptor.None ? 0 : 8) | (Name.Any(c => c > 127) && NameBytes is null ? 0x800 : 0));

    private byte[] Data => Packed ?? (Method == Deflated ? Deflate(Content) : Content);

    private long Size => ClaimedSize ?? Content.Length;

    private uint Crc => Crc32.HashToUInt32(Content);

    public byte[] Local()
    {
        var late = Descriptor != Descriptor.None;
        byte[] extra = IsZip64 ? [.. U16(1), .. U16(16), .. U64(late ? 0 : Size), .. U64(late ? 0 : Data.Length), .. LocalExtra] : LocalExtra;
        byte[] header =
        [
            .. "PK\x03\x04"u8, .. U16(20), .. U16(FlagsInFile), .. U16(Method), .. U32(0x5A21_6000), .. U32(late ? 0 : Crc),
            .. U32(IsZip64 ? uint.MaxValue : late ? 0 : (uint)Data.Length), .. U32(IsZip64 ? uint.MaxValue : late ? 0 : (uint)Size),
            .. U16(NameInFile.Length), .. U16(extra.Length), .. NameInFile, .. extra,
        ];
        FalsifyLocal(header);
        return [.. header, .. Data, .. DescriptorBytes()];
    }

    public byte[] Central(long offset)
    {
        byte[] extra = IsZip64 ? [.. U16(1), .. U16(24), .. U64(Size), .. U64(Data.Length), .. U64(offset), .. CentralExtra] : CentralExtra;
        byte[] header =
        [
            .. "PK\x01\x02"u8, .. U16(0x031E), .. U16(20), .. U16(FlagsInFile), .. U16(Method), .. U32(0x5A21_6000), .. U32(Crc),
            .. U32(IsZip64 ? uint.MaxValue : (uint)Data.Length), .. U32(IsZip64 ? uint.MaxValue : (uint)Size),
            .. U16(NameInFile.Length), .. U16(extra.Length), .. U16(Comment.Length), .. U16(0), .. U16(0), .. U32(Attributes),
            .. U32(IsZip64 ? uint.MaxValue : (uint)offset), .. NameInFile, .. extra, .. Encoding.Latin1.GetBytes(Comment),
        ];
        FalsifyCentral(header);
        return header;
    }

    public static byte[] Deflate(byte[] content)
    {
        var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(content);
        // The framework writes nothing for nothing.
        return content.Length == 0 ? [3, 0] : stream.ToArray();
    }

    private byte[] DescriptorBytes()
    {
        if (Descriptor == Descriptor.None)
            return [];
        byte[] fields = Descriptor is Descriptor.Marked64 or Descriptor.Bare64
            ? [.. U32(Crc), .. U64(Data.Length), .. U64(Size)]
            : [.. U32(Crc), .. U32((uint)Data.Length), .. U32((uint)Size)];
        byte[] whole = Descriptor is Descriptor.Marked or Descriptor.Marked64 ? [.. "PK\x07\x08"u8, .. fields] : fields;
        FalsifyDescriptor(whole);
        return whole;
    }
}
