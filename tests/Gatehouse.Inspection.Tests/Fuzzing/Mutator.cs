using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Makes a file out of a valid one and a donor: parts dropped, doubled, moved or taken from the donor, content changed inside its packing, bytes, fields and words in them changed, an end cut off.</summary>
internal sealed class Mutator(FuzzFormat format, Random random)
{
    /// <summary>Of a hundred mutants; the others keep their broken checksums and lengths.</summary>
    private const int Repaired = 80;

    private static readonly uint[] Telling = [0, 1, 2, 3, 7, 8, 16, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    public byte[] Mutate(byte[] file, byte[] donor)
    {
        var parts = format.Split(file);
        var steps = 1 + (random.Next(2) * random.Next(4));
        for (var step = 0; step < steps && parts.Count > 0; step++)
            Change(parts, donor);
        var made = random.Next(100) < Repaired ? format.Repair(parts) : [.. parts.SelectMany(p => p)];
        return random.Next(25) switch
        {
            0 => made[..random.Next(made.Length + 1)],
            1 => [.. made, .. Noise(random.Next(1, 20))],
            _ => made,
        };
    }

    private void Change(List<byte[]> parts, byte[] donor)
    {
        var at = random.Next(parts.Count);
        var length = format.Extent(parts, at);
        switch (random.Next(12))
        {
            case 0:
                parts.RemoveRange(at, length);
                break;
            case 1:
                parts.InsertRange(random.Next(parts.Count + 1), Copy(parts, at));
                break;
            case 2:
                var moved = parts.GetRange(at, length);
                parts.RemoveRange(at, length);
                parts.InsertRange(random.Next(parts.Count + 1), moved);
                break;
            case 3:
                parts.InsertRange(at, Taken(donor));
                break;
            case 4:
                parts.RemoveRange(at, length);
                parts.InsertRange(at, Taken(donor));
                break;
            default:
                parts[at] = random.Next(2) == 0 && Inside(parts[at]) is { } other ? other : Within(parts[at]);
                break;
        }
    }

    private List<byte[]> Copy(List<byte[]> parts, int at) => [.. parts.GetRange(at, format.Extent(parts, at)).Select(p => (byte[])[.. p])];

    private List<byte[]> Taken(byte[] donor)
    {
        var parts = format.Split(donor);
        return Copy(parts, random.Next(parts.Count));
    }

    /// <summary>What is packed in the part, changed by the rules of its own format; null: there is nothing.</summary>
    private byte[]? Inside(byte[] part) =>
        format.Inner is { } inner && inner.Unpack(part) is { Length: > 0 } content ? inner.Pack(part, new Mutator(inner.Format, random).Mutate(content, content)) : null;

    private byte[] Within(byte[] part)
    {
        if (part.Length == 0)
            return part;
        var at = random.Next(part.Length);
        switch (random.Next(8))
        {
            case 0 or 1:
                part[at] = (byte)random.Next(256);
                return part;
            case 2:
                part[at] ^= (byte)(1 << random.Next(8));
                return part;
            case 3:
                Field(part.AsSpan(at), Telling[random.Next(Telling.Length)]);
                return part;
            case 4:
                return part[..at];
            case 5 when format.Words.Count > 0:
                return [.. part[..at], .. format.Words[random.Next(format.Words.Count)], .. part[at..]];
            case 6:
                var end = random.Next(at, Math.Min(part.Length, at + 40) + 1);
                return [.. part[..at], .. part[at..end], .. part[at..]];
            default:
                return [.. part[..at], .. part[Math.Min(part.Length, at + random.Next(1, 9))..]];
        }
    }

    private void Field(Span<byte> place, uint value)
    {
        var big = random.Next(2) == 0;
        switch (random.Next(3))
        {
            case 0 when place.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(place, big ? value : BinaryPrimitives.ReverseEndianness(value));
                break;
            case 1 when place.Length >= 2:
                BinaryPrimitives.WriteUInt16BigEndian(place, big ? (ushort)value : BinaryPrimitives.ReverseEndianness((ushort)value));
                break;
            default:
                place[0] = (byte)value;
                break;
        }
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
