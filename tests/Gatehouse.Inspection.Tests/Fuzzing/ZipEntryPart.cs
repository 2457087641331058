using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Gatehouse.Inspection.Tests.Zip;
using static Gatehouse.Inspection.Tests.Fuzzing.ZipFields;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>One entry of an archive: header, name, extra field, data, and the descriptor behind them (APPNOTE.TXT 4.3.7 to 4.3.9).</summary>
internal sealed class ZipEntryPart
{
    private const int HeaderLength = 30;
    private const int RecordLength = 46;
    private const int HasDescriptor = 8;

    /// <summary>By how much a mutated entry may differ from the length that its descriptor says.</summary>
    private const int Near = 300;

    /// <summary>No mutant unpacks to more than the fuzzer would wait for.</summary>
    private const int MostUnpacked = 1 << 20;

    private readonly byte[] _header;
    private readonly byte[] _extra;
    private byte[] _name;
    private byte[] _data;
    private readonly byte[] _descriptor;

    private ZipEntryPart(byte[] part)
    {
        _header = part[..HeaderLength];
        var data = HeaderLength + U16(part, 26) + U16(part, 28);
        _name = part[HeaderLength..(HeaderLength + U16(part, 26))];
        _extra = part[(data - U16(part, 28))..data];
        var descriptor = (U16(part, 6) & HasDescriptor) == 0 ? 0 : DescriptorLength(part.AsSpan(data));
        _data = part[data..^descriptor];
        _descriptor = part[^descriptor..];
        Content = U16(_header, 8) switch
        {
            ZipItem.Stored => _data,
            ZipItem.Deflated => Inflate(_data),
            _ => null,
        };
    }

    /// <summary>Null: it cannot be unpacked.</summary>
    public byte[]? Content { get; private set; }

    public static ZipEntryPart? Read(byte[] part) =>
        part.Length >= HeaderLength && part.AsSpan().StartsWith("PK\x03\x04"u8) && HeaderLength + U16(part, 26) + U16(part, 28) <= part.Length ? new(part) : null;

    public byte[] Bytes() => [.. _header, .. _name, .. _extra, .. _data, .. _descriptor];

    public ZipEntryPart With(byte[] content)
    {
        (_data, Content) = (U16(_header, 8) == ZipItem.Deflated ? ZipItem.Deflate(content) : content, content);
        Repair();
        return this;
    }

    /// <param name="names">Those that are taken; another one is found for a second entry of one name.</param>
    public void Repair(HashSet<string> names)
    {
        for (var letter = 'a'; !names.Add(Convert.ToHexString(_name)) && _name.Length > 0 && letter <= 'z'; letter++)
            _name = [(byte)letter, .. _name.AsSpan(1)];
        Repair();
    }

    /// <summary>The directory's record of it: the one of its name with what the entry says, or a new one.</summary>
    /// <param name="records">Those that are left.</param>
    public byte[] Record(List<byte[]> records, int offset)
    {
        var known = records.FindIndex(r => r.AsSpan(RecordLength).StartsWith(_name));
        known = known < 0 && records.Count > 0 ? 0 : known;
        var record = known < 0 ? [.. "PK\x01\x02"u8, .. new byte[RecordLength - 4]] : records[known];
        if (known >= 0)
            records.RemoveAt(known);
        byte[] header = [.. record[..RecordLength]];
        var (nameLength, extraLength, commentLength) = (U16(record, 28), U16(record, 30), U16(record, 32));
        var fits = RecordLength + nameLength + extraLength + commentLength == record.Length;
        byte[] extra = fits ? record[(RecordLength + nameLength)..^commentLength] : [];
        byte[] comment = fits ? record[^commentLength..] : [];
        _header.AsSpan(6, 4).CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), Crc);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), (ushort)_name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), (ushort)extra.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), (ushort)comment.Length);
        Write(header, extra, (24, Content?.Length ?? 0), (20, _data.Length), (42, offset));
        return [.. header, .. _name, .. extra, .. comment];
    }

    private uint Crc => Content is { } content ? Crc32.HashToUInt32(content) : BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(14));

    private void Repair()
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_header.AsSpan(26), (ushort)_name.Length);
        var isLate = _descriptor.Length > 0;
        if (!isLate)
            _header[6] &= 0xF7;
        BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(14), isLate ? 0 : Crc);
        Write(_header, _extra, (22, isLate ? 0 : Content?.Length ?? 0), (18, isLate ? 0 : _data.Length));
        if (!isLate)
            return;
        var fields = _descriptor.AsSpan(_descriptor.Length is 16 or 24 ? 4 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(fields, Crc);
        WriteSize(fields[4..], _data.Length, fields.Length);
        WriteSize(fields[(fields.Length == 20 ? 12 : 8)..], Content?.Length ?? 0, fields.Length);
    }

    private static void WriteSize(Span<byte> place, int value, int descriptor)
    {
        if (descriptor == 20)
            BinaryPrimitives.WriteInt64LittleEndian(place, value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(place, value);
    }

    /// <summary>The form whose packed size comes nearest to what stands before it; 0: none does.</summary>
    private static int DescriptorLength(ReadOnlySpan<byte> rest)
    {
        foreach (var length in (ReadOnlySpan<int>)[24, 16, 20, 12])
        {
            if (rest.Length < length || (length is 16 or 24 && !rest[^length..].StartsWith("PK\x07\x08"u8)))
                continue;
            var fields = length is 16 or 24 ? rest[^(length - 4)..] : rest[^length..];
            var packed = fields.Length == 20 ? BinaryPrimitives.ReadInt64LittleEndian(fields[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(fields[4..]);
            if (packed >= rest.Length - length - Near && packed <= rest.Length - length + Near)
                return length;
        }

        return 0;
    }

    private static byte[]? Inflate(byte[] data)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(data), CompressionMode.Decompress);
            using var content = new MemoryStream();
            var piece = new byte[4096];
            while (content.Length < MostUnpacked && inflate.Read(piece) is var read and > 0)
                content.Write(piece, 0, read);
            return content.Length < MostUnpacked ? content.ToArray() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
