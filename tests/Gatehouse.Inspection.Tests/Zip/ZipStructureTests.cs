using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Office;
using Gatehouse.Inspection.Tests.SecondFormats;
using static Gatehouse.Inspection.Tests.Zip.Little;

namespace Gatehouse.Inspection.Tests.Zip;

public sealed class ZipStructureTests
{
    private static readonly ZipItem Item = new("a.txt", ZipBuilder.Text);

    [Fact]
    public void A_valid_archive_is_accepted_however_it_is_cut() => Property.Holds(60, random =>
    {
        var zip = ZipBuilder.Random(random).Build();

        Archives.Accepts(zip);
        Assert.IsType<Verdict.Accept>(Judge.InPieces(zip, Property.Pieces(random), policy: Archives.Allowed));
    });

    [Fact]
    public void What_the_framework_writes_is_accepted() => Archives.Accepts(Guests.All["zip"]);

    [Fact]
    public void A_changed_byte_of_an_entry_s_data_is_refused() => Property.Holds(100, random =>
    {
        var zip = ZipBuilder.Of(Item with { Method = random.Next(2) == 0 ? ZipItem.Stored : ZipItem.Deflated });
        var dataLength = BitConverter.ToInt32(zip, 18);

        // The last byte's bits behind the stream's end may be anything.
        zip[35 + random.Next(dataLength - 1)] ^= (byte)random.Next(1, 256);

        Archives.Refuses(zip, Assert.IsType<Verdict.Refuse>(Judge.Whole(zip, policy: Archives.Allowed)).Reason);
    });

    [Fact]
    public void Whatever_bytes_are_changed_there_is_a_verdict() => Property.Holds(400, random =>
    {
        var zip = random.Next(2) == 0 ? ZipBuilder.Random(random).Build() : OfficeBuilder.Word.WithRelation("image", "a.png").Build();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
            zip[random.Next(4, zip.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };

        Assert.NotNull(Judge.Whole(zip, policy: Archives.Allowed with { FlagOnly = [Reasons.Encrypted, Reasons.EmbeddedFile, Reasons.ActiveContent] }));
    });

    [Fact]
    public void Wherever_it_is_cut_off_it_is_truncated()
    {
        var zip = (new ZipBuilder { Comment = [.. "a remark"u8] }).Build();
        for (var length = 4; length < zip.Length; length++)
            Assert.Equal(RefusalCode.ContentDamaged, Archives.Refuses(zip[..length], Reasons.Truncated).Code);
    }

    [Theory]
    [InlineData(0, "signature")]
    [InlineData(6, "flags")]
    [InlineData(8, "method")]
    [InlineData(14, "checksum")]
    [InlineData(18, "packed size")]
    [InlineData(22, "size")]
    [InlineData(30, "name")]
    public void A_local_header_that_says_something_else_than_the_directory_is_refused(int field, string what)
    {
        Assert.True(what.Length > 0);
        Archives.Refuses(ZipBuilder.Of(new ZipItem("b.txt", []), Item with { FalsifyLocal = h => h[field] ^= 2 }), Reasons.BadStructure);
    }

    [Theory]
    [InlineData(63, 0, true)]
    [InlineData(20, 3, true)]
    [InlineData(64, 0, false)]
    [InlineData(128, 0, false)]
    [InlineData(216, 3, false)]
    public void An_entry_that_asks_for_a_later_program_than_there_is_is_refused(byte version, byte system, bool passes)
    {
        var zip = ZipBuilder.Of(Item with { FalsifyCentral = h => (h[6], h[7]) = (version, system) });

        if (passes)
            Archives.Accepts(zip);
        else
            Archives.Refuses(zip, Reasons.BadStructure);
        if (!passes)
            Archives.Refuses(ZipBuilder.Of(Item with { FalsifyLocal = h => (h[4], h[5]) = (version, system) }), Reasons.BadStructure);
    }

    [Theory]
    [InlineData(0, "signature")]
    [InlineData(8, "flags")]
    [InlineData(10, "method")]
    [InlineData(16, "checksum")]
    [InlineData(20, "packed size")]
    [InlineData(24, "size")]
    [InlineData(30, "extra length")]
    [InlineData(34, "disk")]
    [InlineData(43, "offset")]
    [InlineData(46, "name")]
    public void A_directory_that_says_something_else_than_the_local_header_is_refused(int field, string what)
    {
        Assert.True(what.Length > 0);
        Archives.Refuses(ZipBuilder.Of(Item with { FalsifyCentral = h => h[field] ^= 2 }), Reasons.BadStructure);
    }

    [Fact]
    public void A_wrong_checksum_is_told()
    {
        Archives.Refuses(ZipBuilder.Of(Item with { FalsifyLocal = h => h[14] ^= 1, FalsifyCentral = h => h[16] ^= 1 }), Reasons.BadChecksum);
    }

    [Theory]
    [InlineData(Descriptor.Marked)]
    [InlineData(Descriptor.Bare)]
    [InlineData(Descriptor.Marked64)]
    [InlineData(Descriptor.Bare64)]
    public void Sizes_behind_an_entry_must_agree(Descriptor descriptor)
    {
        var item = Item with { Descriptor = descriptor };
        Archives.Accepts(ZipBuilder.Of(item, item with { Name = "b.txt" }));
        foreach (var field in new[] { 4, 8, 11 })
            Archives.Refuses(ZipBuilder.Of(item with { FalsifyDescriptor = d => d[field] ^= 1 }, Item with { Name = "b.txt" }), Reasons.BadStructure);
    }

    [Fact]
    public void Sizes_may_stand_before_and_behind_an_entry()
    {
        var packed = ZipItem.Deflate(ZipBuilder.Text);
        var item = Item with { Descriptor = Descriptor.Marked, FalsifyLocal = h => U32((uint)packed.Length).CopyTo(h, 18) };

        Archives.Accepts(ZipBuilder.Of(item));
        Archives.Refuses(ZipBuilder.Of(item with { FalsifyLocal = h => h[18] = 1 }), Reasons.BadStructure);
    }

    [Fact]
    public void Bytes_that_belong_to_no_entry_are_refused_where_they_begin()
    {
        var second = new ZipItem("b.txt", [.. "b"u8]);
        var first = Item.Local().Length;

        Assert.Equal(first, Archives.Refuses(ZipBuilder.Of(Item, second with { GapBefore = [0] }), Reasons.TrailingData).Offset);
        Assert.Equal(first, Archives.Refuses((new ZipBuilder { Items = [Item], BeforeDirectory = [1] }).Build(), Reasons.TrailingData).Offset);
        Archives.Refuses((new ZipBuilder { AfterDirectory = [1] }).Build(), Reasons.TrailingData);
        Archives.Refuses([.. ZipBuilder.Of(Item), 1], Reasons.TrailingData);
        Archives.Refuses((new ZipBuilder { Items = [Item with { GapBefore = [.. "PK\x03\x04"u8, .. new byte[30]] }] }).Build(), Reasons.TrailingData);
    }

    public static TheoryData<string> GuestNames() => [.. Guests.All.Keys];

    [Theory]
    [MemberData(nameof(GuestNames))]
    public void A_guest_beside_the_entries_is_a_second_format(string guest)
    {
        var bytes = Guests.All[guest];
        byte[] padded = [.. new byte[600], .. bytes];
        byte[] extra = [.. U16(0xBEEF), .. U16(padded.Length), .. padded];

        Archives.Refuses((new ZipBuilder { Items = [Item with { LocalExtra = extra }] }).Build(), Reasons.SecondFormat);
        Archives.Refuses((new ZipBuilder { Items = [Item with { CentralExtra = extra }] }).Build(), Reasons.SecondFormat);
        Archives.Refuses((new ZipBuilder { BeforeDirectory = padded }).Build(), Reasons.SecondFormat);
        Archives.Refuses((new ZipBuilder { Comment = padded }).Build(), Reasons.SecondFormat);
    }

    [Fact]
    public void A_second_end_in_the_comment_is_a_second_format()
    {
        byte[] other = [.. "PK\x05\x06"u8, .. new byte[16], 9, 0];

        Archives.Refuses((new ZipBuilder { Comment = other }).Build(), Reasons.SecondFormat);
    }

    [Fact]
    public void A_PDF_whose_header_alone_is_beside_the_entries_is_a_second_format()
    {
        byte[] extra = [.. U16(0xBEEF), .. U16(8), .. "%PDF-1.4"u8];

        Archives.Refuses(ZipBuilder.Of(Item with { LocalExtra = extra }), Reasons.SecondFormat);
    }

    [Fact]
    public void Scripts_in_comments_and_names_are_refused()
    {
        Archives.Refuses((new ZipBuilder { Comment = [.. "<?php x();"u8] }).Build(), Reasons.ScriptInMetadata);
        Archives.Refuses(ZipBuilder.Of(Item with { Comment = "<script>1" }), Reasons.ScriptInMetadata);
        Archives.Refuses(ZipBuilder.Of(Item with { Name = "<?php x();" }), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void Entries_that_overlap_are_refused()
    {
        var inner = new ZipItem("b.txt", [.. "b"u8]);
        var outer = new ZipItem("a.bin", inner.Local()) { Method = ZipItem.Stored };
        var hidden = inner with { FalsifyCentral = h => U32((uint)(outer.Local().Length - inner.Local().Length)).CopyTo(h, 42) };
        var builder = new ZipBuilder { Items = [outer, hidden] };
        var whole = builder.Build();

        // The second entry's own bytes leave the file, its place in the directory stays.
        var (from, length) = (outer.Local().Length, inner.Local().Length);
        byte[] zip = [.. whole[..from], .. whole[(from + length)..]];
        U32((uint)from).CopyTo(zip, zip.Length - 6);

        Archives.Refuses(zip, Reasons.BadStructure);
    }

    [Theory]
    [InlineData(4, "disk")]
    [InlineData(8, "entries here")]
    [InlineData(10, "entries")]
    [InlineData(12, "directory size")]
    [InlineData(16, "directory offset")]
    public void An_end_record_that_does_not_fit_is_refused(int field, string what)
    {
        Assert.True(what.Length > 0);
        Archives.Refuses((new ZipBuilder { FalsifyEnd = r => r[field]++ }).Build(), Reasons.BadStructure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(48)]
    [InlineData(64)]
    [InlineData(72)]
    public void A_ZIP64_end_that_does_not_fit_is_refused(int field)
    {
        var honest = new ZipBuilder { IsZip64 = true };
        Archives.Accepts(honest.Build());
        Archives.Refuses((honest with { FalsifyEnd64 = r => r[field] += 2 }).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void An_end_that_contradicts_its_ZIP64_record_is_refused() =>
        Archives.Refuses((new ZipBuilder { IsZip64 = true, FalsifyEnd = r => U32(7).CopyTo(r, 16) }).Build(), Reasons.BadStructure);

    [Fact]
    public void Data_behind_an_entry_s_compressed_end_is_refused() =>
        Archives.Refuses(ZipBuilder.Of(Item with { Packed = [.. ZipItem.Deflate(ZipBuilder.Text), 0] }), Reasons.TrailingData);

    [Fact]
    public void An_entry_that_unpacks_to_another_size_than_it_says_is_refused()
    {
        Archives.Refuses(ZipBuilder.Of(Item with { ClaimedSize = ZipBuilder.Text.Length - 1 }), Reasons.BadStructure);
        Archives.Refuses(ZipBuilder.Of(Item with { ClaimedSize = ZipBuilder.Text.Length + 1 }), Reasons.BadStructure);
        Archives.Refuses(ZipBuilder.Of(Item with { Packed = ZipItem.Deflate(ZipBuilder.Text)[..^3] }), Reasons.BadStructure);
    }

    [Fact]
    public void An_archive_without_entries_is_refused() => Archives.Refuses((new ZipBuilder { Items = [] }).Build(), Reasons.BadStructure);
}
