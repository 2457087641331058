using Gatehouse.Inspection.Office;
using Gatehouse.Inspection.Signatures;
using static Gatehouse.Inspection.Signatures.Fields;

namespace Gatehouse.Inspection.Zip;

/// <summary>The central directory (APPNOTE.TXT 4.3.12): every header checked and kept, in the order in which the entries lie in the file.</summary>
internal sealed class CentralDirectory
{
    private const int HeaderLength = 46;

    private readonly ZipSource _source;
    private readonly ZipFindings _findings;
    private readonly long _length;
    private readonly HashSet<UInt128> _keys = [];
    private readonly UnusualExtra _extra = new();
    private long _packed;
    private long _unpacked;
    private long? _ambiguousPart;

    private CentralDirectory(ZipSource source, ZipFindings findings, ArchiveEnd end)
    {
        _source = source;
        _findings = findings;
        _length = end.DirectoryOffset;
        Entries = new ZipEntry[end.Entries];
        _extra.Add(end.CommentLength, end.DirectoryOffset);
    }

    public ZipEntry[] Entries { get; }

    /// <summary>Whether a package's reader would take it for one.</summary>
    public bool IsPackage { get; private set; }

    /// <summary>What the names say that the archive is, if no plain one and no Office document.</summary>
    public NamedType? Foreign { get; private set; }

    public static CentralDirectory Read(ZipSource source, ArchiveEnd end, ZipFindings findings, CancellationToken cancellationToken)
    {
        var directory = new CentralDirectory(source, findings, end);
        var at = end.DirectoryOffset;
        for (var i = 0; i < end.Entries; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (directory.Entries[i], at) = directory.ReadEntry(at, end.DirectoryOffset + end.DirectoryLength);
        }

        if (at != end.DirectoryOffset + end.DirectoryLength)
            throw ZipStops.Structure(at, "its directory is longer than its entries");
        if (directory is { IsPackage: true, _ambiguousPart: { } part })
            throw ZipStops.Structure(part, "a part of it has a name that programs read differently");
        Array.Sort(directory.Entries, static (a, b) => a.Offset.CompareTo(b.Offset));
        return directory;
    }

    public ZipEntry? Find(ReadOnlySpan<char> name)
    {
        var key = EntryName.Key(name);
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
                return entry;
        }

        return null;
    }

    private (ZipEntry Entry, long Next) ReadEntry(long at, long end)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        _source.ReadAll(at, header);
        var (nameLength, extraLength, commentLength) = (U16(header, 28), U16(header, 30), U16(header, 32));
        var next = at + HeaderLength + nameLength + extraLength + commentLength;
        if (!At(header, 0, "PK\x01\x02"u8) || next > end)
            throw ZipStops.Structure(at, "its directory is wrong");
        using var rest = new PooledSpan<byte>(nameLength + extraLength + commentLength);
        _source.ReadAll(at + HeaderLength, rest.Span);
        _extra.Add(extraLength + commentLength, at);
        HiddenData.SearchHeader(rest.Span, nameLength, at + HeaderLength);
        var entry = Entry(header, rest.Span[..nameLength], rest.Span.Slice(nameLength, extraLength), at);
        return (entry, next);
    }

    private ZipEntry Entry(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra, long at)
    {
        var flags = U16(header, 8);
        var own = EntryName.Read(name, (flags & ZipEntry.Utf8Flag) != 0, at);
        var unicode = UnicodePath.Read(extra, name, at);
        var text = unicode ?? own;
        var (digest, key, ownKey) = (EntryName.Digest(name), EntryName.Key(text), EntryName.Key(own));
        if (!_keys.Add(key) || (ownKey != key && !_keys.Add(ownKey)))
            throw ZipStops.Structure(at, "it holds two files of one name");
        IsPackage |= PartName.IsTypes(text);
        if (unicode is not null || PartName.IsAmbiguous(text))
            _ambiguousPart ??= at;
        Foreign ??= ZipKinds.ForeignByName(name);
        EntryVersion.Check(header[6], at);
        CheckAttributes(header, at);
        if (ExtraFields.IsLink(extra, at))
            throw ZipStops.PathEscape(at);
        var zip64 = ExtraFields.FindZip64(extra, at);
        var unpacked = ExtraFields.Value(U32(header, 24), ref zip64);
        var packed = ExtraFields.Value(U32(header, 20), ref zip64);
        var offset = ExtraFields.Value(U32(header, 42), ref zip64);
        var entry = new ZipEntry(offset, packed, unpacked, U32(header, 16), flags, U16(header, 10), digest, key);
        Check(entry, isOnFirstDisk: U16(header, 34) == 0, isFolder: text.EndsWith('/'), at);
        return entry;
    }

    private void Check(in ZipEntry entry, bool isOnFirstDisk, bool isFolder, long at)
    {
        if (entry.Packed < 0 || entry.Unpacked < 0 || entry.Offset < 0 || entry.Packed > _length || entry.Offset >= _length || !isOnFirstDisk)
            throw ZipStops.Structure(at, "an entry lies outside the file");
        if (entry.IsEncrypted)
            _findings.Encrypted(entry.Offset);
        const int Known = ZipEntry.EncryptedFlag | ZipEntry.StrongEncryptionFlags | ZipEntry.EffortFlags | ZipEntry.DescriptorFlag | ZipEntry.Utf8Flag;
        if ((entry.Flags & ~Known) != 0)
            throw ZipStops.Structure(at, "an entry is marked in a way that no program uses");
        if (entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated) && !entry.IsEncrypted)
            throw ZipStops.Structure(at, "an entry is compressed in a way that is not accepted here");
        if ((entry.Method == ZipEntry.Stored && entry.Packed != entry.Unpacked && !entry.IsEncrypted) || (isFolder && entry.Unpacked != 0))
            throw ZipStops.Structure(at, "the sizes of an entry contradict each other");
        _packed += entry.Packed;
        _unpacked += entry.Unpacked;
        if (ZipLimits.IsTooMuch(entry.Unpacked, entry.Packed) || ZipLimits.IsTooMuch(_unpacked, _packed))
            throw ZipStops.Expands(at);
    }

    /// <summary>
    /// Plain files and folders only, and what was read from a pipe: the upper half holds a Unix mode (4.4.15; S_IFMT), whatever system is claimed. Windows
    /// marks its links by an attribute (FILE_ATTRIBUTE_REPARSE_POINT).
    /// </summary>
    private static void CheckAttributes(ReadOnlySpan<byte> header, long at)
    {
        const byte Unix = 3;
        var attributes = U32(header, 38);
        var kind = (attributes >> 28) & 0xF;
        var isWindowsLink = header[5] != Unix && (attributes & 0x400) != 0;
        if (kind is not (0 or 1 or 4 or 8) || isWindowsLink)
            throw ZipStops.PathEscape(at);
    }
}
