using System.Buffers.Binary;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>Tables of places in the media data, moved so that the first place is where the data begin.</summary>
internal static class IsoPlaces
{
    private const int CountedHeader = 16;

    public static void Move(Span<byte> box, int media)
    {
        var places = IsoParts.Type(box) is "iloc" ? Items(box) : Chunks(box);
        if (places.Count == 0 || media < 0)
            return;
        var shift = media - (places[0].Base + Read(box, places[0].At, places[0].Length));
        foreach (var (at, length, _) in places)
            Write(box, at, length, Read(box, at, length) + shift);
    }

    /// <summary>Where a run says that its data begin (bit 0 of its flags).</summary>
    public static void MoveRun(Span<byte> trun, int place)
    {
        if (trun.Length >= 20 && (trun[11] & 1) != 0)
            BinaryPrimitives.WriteInt32BigEndian(trun[16..], place);
    }

    /// <summary>ISO/IEC 14496-12, 8.7.5.</summary>
    private static List<(int At, int Length, long Base)> Chunks(ReadOnlySpan<byte> box)
    {
        var length = IsoParts.Type(box) is "co64" ? 8 : 4;
        var places = new List<(int At, int Length, long Base)>();
        for (var at = CountedHeader; at + length <= box.Length; at += length)
            places.Add((at, length, 0));
        return places;
    }

    /// <summary>ISO/IEC 14496-12, 8.11.3: those that count from the file's beginning.</summary>
    private static List<(int At, int Length, long Base)> Items(ReadOnlySpan<byte> box)
    {
        var places = new List<(int At, int Length, long Base)>();
        if (box.Length < CountedHeader)
            return places;
        var version = box[8];
        var (offsetLength, lengthLength, baseLength, indexLength) = (box[12] >> 4, box[12] & 15, box[13] >> 4, version == 0 ? 0 : box[13] & 15);
        var idLength = version == 2 ? 4 : 2;
        var (at, end) = (14 + idLength, box.Length);
        while (at + idLength + (version == 0 ? 0 : 2) + 4 + baseLength <= end)
        {
            at += idLength;
            var isInFile = version == 0 || box[at + 1] == 0;
            at += version == 0 ? 2 : 4;
            var start = Read(box, at, baseLength);
            at += baseLength;
            for (var extents = (int)Read(box, at, 2); extents > 0 && at + 2 + indexLength + offsetLength + lengthLength <= end; extents--)
            {
                if (isInFile)
                    places.Add((at + 2 + indexLength, offsetLength, start));
                at += indexLength + offsetLength + lengthLength;
            }

            at += 2;
        }

        return places;
    }

    private static long Read(ReadOnlySpan<byte> box, int at, int length)
    {
        var value = 0L;
        for (var i = 0; i < length; i++)
            value = (value << 8) | box[at + i];
        return value;
    }

    private static void Write(Span<byte> box, int at, int length, long value)
    {
        for (var i = length - 1; i >= 0; i--, value >>= 8)
            box[at + i] = (byte)value;
    }
}
