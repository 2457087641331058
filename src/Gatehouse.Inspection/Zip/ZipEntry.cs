namespace Gatehouse.Inspection.Zip;

/// <summary>One entry as the central directory has it (APPNOTE.TXT 4.3.12).</summary>
/// <param name="Offset">Of its local header.</param>
/// <param name="Name">A digest of the name's bytes, which the local header must repeat.</param>
/// <param name="Key">A digest of the file that the name stands for, see <see cref="EntryName"/>.</param>
internal readonly record struct ZipEntry(long Offset, long Packed, long Unpacked, uint Crc, ushort Flags, ushort Method, UInt128 Name, UInt128 Key)
{
    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    /// <summary>Bit 0; the sizes and the CRC stand behind the data: bit 3; the name is UTF-8: bit 11 (4.4.4).</summary>
    public const ushort EncryptedFlag = 1;
    public const ushort DescriptorFlag = 1 << 3;
    public const ushort Utf8Flag = 1 << 11;

    /// <summary>Bits 1 and 2 tell the compressor's effort.</summary>
    public const ushort EffortFlags = 0b110;

    /// <summary>Strong encryption (bit 6), masked headers (bit 13).</summary>
    public const ushort StrongEncryptionFlags = (1 << 6) | (1 << 13);

    public bool IsEncrypted => (Flags & (EncryptedFlag | StrongEncryptionFlags)) != 0;

    public bool HasDescriptor => (Flags & DescriptorFlag) != 0;
}
