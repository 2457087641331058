using System.Text;
using static Gatehouse.Inspection.Tests.Zip.Little;

namespace Gatehouse.Inspection.Tests.Zip;

/// <summary>Makes archives, honest and false.</summary>
internal sealed record ZipBuilder
{
    public IReadOnlyList<ZipItem> Items { get; init; } = [new ZipItem("notes/a.txt", Text), new ZipItem("b.txt", [.. "hello"u8]) { Method = ZipItem.Stored }];

    public byte[] Comment { get; init; } = [];

    public bool IsZip64 { get; init; }

    public byte[] BeforeDirectory { get; init; } = [];

    public byte[] AfterDirectory { get; init; } = [];

    public Action<byte[]> FalsifyEnd { get; init; } = _ => { };

    public Action<byte[]> FalsifyEnd64 { get; init; } = _ => { };

    public static byte[] Text { get; } = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("A customer's words, line after line.\r\n", 40)));

    public static byte[] Of(params ZipItem[] items) => (new ZipBuilder { Items = items }).Build();

    public byte[] Build()
    {
        var file = new List<byte>();
        var directory = new List<byte>();
        foreach (var item in Items)
        {
            file.AddRange(item.GapBefore);
            directory.AddRange(item.Central(file.Count));
            file.AddRange(item.Local());
        }

        file.AddRange(BeforeDirectory);
        var start = file.Count;
        file.AddRange(directory);
        file.AddRange(AfterDirectory);
        if (IsZip64)
            file.AddRange(End64(file.Count, directory.Count, start));
        file.AddRange(End(directory.Count, start));
        return [.. file];
    }

    /// <param name="longest">Of the larger contents.</param>
    public static ZipBuilder Random(Random random, int longest = 40_000) => new()
    {
        Items = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => RandomItem(random, i, longest))],
        Comment = random.Next(3) == 0 ? [.. "made for a test"u8] : [],
        IsZip64 = random.Next(4) == 0,
    };

    private static ZipItem RandomItem(Random random, int number, int longest)
    {
        var content = new byte[random.Next(3) == 0 ? random.Next(longest) : random.Next(300)];
        random.NextBytes(content);
        if (random.Next(2) == 0)
            content.AsSpan().Fill((byte)'x');
        return new ZipItem(random.Next(5) switch { 0 => $"Müller {number}.txt", 1 => $"a/b/{number}.jpg", _ => $"{number}.txt" }, content)
        {
            Method = random.Next(2) == 0 ? ZipItem.Stored : ZipItem.Deflated,
            Descriptor = (Descriptor)random.Next(5),
            IsZip64 = random.Next(4) == 0,
            Comment = random.Next(5) == 0 ? "a remark" : "",
            Attributes = random.Next(2) == 0 ? 0x81A4_0000 : 0x20,
        };
    }

    private byte[] End(int length, int start)
    {
        byte[] record =
        [
            .. "PK\x05\x06"u8, .. U32(0), .. U16(IsZip64 ? 0xFFFF : Items.Count), .. U16(IsZip64 ? 0xFFFF : Items.Count),
            .. U32(IsZip64 ? uint.MaxValue : (uint)length), .. U32(IsZip64 ? uint.MaxValue : (uint)start), .. U16(Comment.Length), .. Comment,
        ];
        FalsifyEnd(record);
        return record;
    }

    private byte[] End64(int offset, int length, int start)
    {
        byte[] records =
        [
            .. "PK\x06\x06"u8, .. U64(44), .. U16(45), .. U16(45), .. U32(0), .. U32(0), .. U64(Items.Count), .. U64(Items.Count), .. U64(length), .. U64(start),
            .. "PK\x06\x07"u8, .. U32(0), .. U64(offset), .. U32(1),
        ];
        FalsifyEnd64(records);
        return records;
    }
}
