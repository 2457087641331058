using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.SecondFormats;

namespace Gatehouse.Inspection.Tests.Gif;

public sealed class GifValidatorTests
{
    private static readonly GifBuilder Small = new();
    private static readonly InspectionPolicy Allowed = Judge.EveryType;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Pictures_of_every_code_size_are_accepted_however_they_are_cut(int bits)
    {
        var gif = (Small with { Width = 300, Height = 200, Frames = [GifBuilder.Frame(300, 200, bits: bits, localBits: 8, blockLength: 200)] }).Build();

        foreach (var size in (int[])[1, 7, 64 * 1024])
            Assert.Equal("image/gif", Assert.IsType<Verdict.Accept>(Judge.InPieces(gif, [size], policy: Allowed)).Mime);
    }

    [Fact]
    public void Random_animations_are_accepted_and_every_truncation_is_refused() => Property.Holds(60, random =>
    {
        var frames = Enumerable.Range(0, random.Next(1, 5)).Select(i => RandomFrame(random));
        var gif = (Small with { Before = [GifBuilder.Application("NETSCAPE2.0", [1, 0, 0]), GifBuilder.Comment("a remark"u8, 3)], Frames = [.. frames.SelectMany(f => (byte[][])[GifBuilder.Control(), f])] }).Build();

        Assert.IsType<Verdict.Accept>(Judge.InPieces(gif, Property.Pieces(random), policy: Allowed));
        Judge.Refuses(gif[..random.Next(7, gif.Length)], Reasons.Truncated, Allowed);
    });

    [Fact]
    public void Where_it_is_not_allowed_it_keeps_the_advice_for_GIF_pictures_and_is_refused_at_its_first_bytes()
    {
        using var inspection = new Inspector(new InspectionPolicy()).Begin("a.gif");

        var refusal = inspection.Write(Small.Build().AsSpan(0, 8));

        Assert.Equal((RefusalCode.TypeNotAllowed, "image/gif", "This is a GIF picture. Send it as PNG or JPEG."), (refusal?.Code, refusal?.Mime, refusal?.Sentence));
    }

    [Fact]
    public void Data_behind_the_end_is_refused_where_it_begins()
    {
        var gif = Small.Build();

        foreach (var guest in Guests.All.Values.Append([1]))
            Assert.Equal(gif.Length, Judge.Refuses([.. gif, .. guest], Reasons.TrailingData, Allowed).Offset);
    }

    [Fact]
    public void Up_to_64_KB_of_zeros_behind_the_end_pass()
    {
        var gif = Small.Build();

        foreach (var size in (int[])[1, 1000, 64 * 1024])
            Assert.IsType<Verdict.Accept>(Judge.InPieces([.. gif, .. new byte[64 * 1024]], [size], policy: Allowed));
        Judge.Refuses([.. gif, .. new byte[(64 * 1024) + 1]], Reasons.TrailingData, Allowed);
        Assert.Equal(gif.Length, Judge.Refuses([.. gif, .. new byte[1000], 1], Reasons.TrailingData, Allowed).Offset);
    }

    [Fact]
    public void What_encoders_leave_out_or_leave_behind_is_honest()
    {
        var pixels = GifBuilder.Pixels(12 * 9, 4, seed: 3);
        byte[] head = [.. GifBuilder.Descriptor(12, 9), 4];
        var codes = GifBuilder.Lzw(pixels, 4);

        Judge.Accepts(With([.. head, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels, 4, withEnd: false), 255)]), policy: Allowed);
        Judge.Accepts(With([.. head, .. GifBuilder.Blocks([.. codes, .. new byte[16]], 255)]), policy: Allowed);
        Judge.Accepts(With([.. head, .. GifBuilder.Blocks(codes, 255), 0, 0]), policy: Allowed);
        Judge.Accepts((Small with { Frames = [GifBuilder.Frame(30, 30)] }).Build(), policy: Allowed);
        Judge.Accepts((Small with { Version = "GIF87a", TableBits = 0, Frames = [GifBuilder.Frame(12, 9, localBits: 4)] }).Build(), policy: Allowed);
        var noise = new byte[200 * 200];
        new Random(7).NextBytes(noise);
        Judge.Accepts((Small with { Frames = [[.. GifBuilder.Descriptor(200, 200, localBits: 8), 8, .. GifBuilder.Blocks(GifBuilder.Lzw(noise, 8, clearsFullTable: false), 255)]] }).Build(), policy: Allowed);
    }

    [Fact]
    public void Pixel_data_that_is_damaged_is_refused()
    {
        var pixels = GifBuilder.Pixels(12 * 9, 4, seed: 3);
        byte[] head = [.. GifBuilder.Descriptor(12, 9), 4];
        byte[][] damaged =
        [
            [.. head, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels[..^1], 4), 255)],
            [.. head, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels[..^40], 4, withEnd: false), 255)],
            [.. head, .. GifBuilder.Blocks(GifBuilder.Lzw([.. pixels, 0], 4), 255)],
            [.. head, 2, 0xF0, 0xFF, 0],
            [.. GifBuilder.Descriptor(12, 9), 9, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels, 8), 255)],
            [.. GifBuilder.Descriptor(12, 9), 1, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels, 8), 255)],
        ];

        Assert.All(damaged, frame => Judge.Refuses(With(frame), Reasons.BadStructure, Allowed));
        Judge.Refuses(With([.. head, .. GifBuilder.Blocks([.. GifBuilder.Lzw(pixels, 4), 7], 255)]), Reasons.TrailingData, Allowed);
        Judge.Refuses(With([.. head, .. GifBuilder.Blocks([.. GifBuilder.Lzw(pixels, 4), .. new byte[17]], 255)]), Reasons.TrailingData, Allowed);
    }

    [Fact]
    public void A_code_that_stands_for_nothing_yet_is_refused()
    {
        // Clear (16), pixel 0, then code 19 where only 18 can be next; 5 bits each.
        const int Codes = 16 | (0 << 5) | (19 << 10);

        var gif = With([.. GifBuilder.Descriptor(12, 9), 4, 2, Codes & 0xFF, Codes >> 8, 0]);

        Assert.Equal(gif.Length - 3, Judge.Refuses(gif, Reasons.BadStructure, Allowed).Offset);
    }

    [Fact]
    public void A_pixel_whose_colour_is_not_in_its_table_is_refused()
    {
        var pixels = new byte[12 * 9];
        pixels[70] = 15;
        byte[] data = [4, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels, 4), 255)];

        Judge.Accepts(With([.. GifBuilder.Descriptor(12, 9), .. data]), policy: Allowed);
        Judge.Refuses(With([.. GifBuilder.Descriptor(12, 9, localBits: 3), .. data]), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { TableBits = 3, Frames = [[.. GifBuilder.Descriptor(12, 9), .. data]] }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void A_colour_beyond_the_table_passes_in_the_frame_that_declares_it_transparent()
    {
        var pixels = GifBuilder.Pixels(12 * 9, 3, seed: 5);
        pixels.AsSpan(20, 40).Fill(15);
        byte[] frame = [.. GifBuilder.Descriptor(12, 9, localBits: 3), 4, .. GifBuilder.Blocks(GifBuilder.Lzw(pixels, 4), 255)];

        Judge.Accepts((Small with { Frames = [GifBuilder.Transparent(15), frame] }).Build(), policy: Allowed);
        Judge.Refuses((Small with { Frames = [GifBuilder.Transparent(14), frame] }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { Frames = [GifBuilder.Transparent(15), frame, frame] }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void A_transparent_colour_that_neither_the_table_nor_a_code_has_is_refused()
    {
        var frame = GifBuilder.Frame(12, 9, bits: 2, localBits: 3);
        GifBuilder Transparent(byte colour) => Small with { Frames = [GifBuilder.Transparent(colour), frame] };

        Judge.Accepts(Transparent(7).Build(), policy: Allowed);
        Judge.Accepts((Small with { Frames = [GifBuilder.Transparent(2), GifBuilder.Frame(12, 9, bits: 2, localBits: 2), GifBuilder.Transparent(3), frame] }).Build(), policy: Allowed);
        Judge.Refuses(Transparent(8).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses(Transparent(255).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void A_frame_for_which_there_is_no_colour_table_is_refused()
    {
        // Behind 13 bytes of header and screen, and the frame's own first byte.
        Assert.Equal(14, Judge.Refuses((Small with { TableBits = 0 }).Build(), Reasons.BadStructure, Allowed).Offset);
        Judge.Accepts((Small with { TableBits = 0, Frames = [GifBuilder.Frame(12, 9, localBits: 4)] }).Build(), policy: Allowed);
        Judge.Refuses((Small with { TableBits = 0, Frames = [GifBuilder.Frame(12, 9, localBits: 4), GifBuilder.Frame(12, 9)] }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Blocks_that_no_picture_has_are_refused()
    {
        byte[][] wrong =
        [
            [0x2D], [0x21, 0xF9, 3, 0, 0, 0, 0], [0x21, 0xF9, 0], [0x21, 0xF9, 4, 0, 0, 0, 0, 1, 0, 0], [0x21, 0xFF, 10, .. new byte[10], 0], [0x21, 0x01, 11, .. new byte[11], 0], GifBuilder.Frame(0, 9),
        ];

        Assert.All(wrong, block => Judge.Refuses((Small with { Before = [block] }).Build(), Reasons.BadStructure, Allowed));
        Judge.Refuses((Small with { Frames = [] }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void More_pixels_or_longer_sides_than_allowed_are_refused_before_any_is_read()
    {
        Judge.Refuses((Small with { Width = 30_001, Height = 1, Frames = [] }).Build(), Reasons.TooManyPixels, Allowed);
        Judge.Refuses((Small with { Width = 8367, Height = 8367, Frames = [] }).Build(), Reasons.TooManyPixels, Allowed);
        Judge.Refuses(With(GifBuilder.Descriptor(20_000, 12)), Reasons.TooManyPixels, Allowed with { MaxPixels = 200_000 });
        Judge.Refuses(With(GifBuilder.Descriptor(5, 5, left: 30_000)), Reasons.TooManyPixels, Allowed);
    }

    [Fact]
    public void Frames_may_not_add_up_to_more_pixels_than_ten_pictures_nor_be_more_than_ten_thousand()
    {
        var limited = Allowed with { MaxPixels = 12 * 9 };
        var frame = GifBuilder.Frame(12, 9);
        var dot = GifBuilder.Frame(1, 1);

        Judge.Accepts((Small with { Frames = [.. Enumerable.Repeat(frame, 10)] }).Build(), policy: limited);
        Judge.Refuses((Small with { Frames = [.. Enumerable.Repeat(frame, 11)] }).Build(), Reasons.ExpandsTooMuch, limited);
        Judge.Accepts((Small with { Frames = [.. Enumerable.Repeat(dot, 10_000)] }).Build(), policy: Allowed);
        Judge.Refuses((Small with { Frames = [.. Enumerable.Repeat(dot, 10_001)] }).Build(), Reasons.ExpandsTooMuch, Allowed);
    }

    [Fact]
    public void Comments_and_unknown_extensions_have_64_KB_in_all()
    {
        var half = GifBuilder.Comment(new byte[32 * 1024]);

        Judge.Accepts((Small with { Before = [half, half] }).Build(), policy: Allowed);
        Judge.Refuses((Small with { Before = [half, half, GifBuilder.Application("UNKNOWN1234", [1])] }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { Before = [.. Enumerable.Repeat(GifBuilder.Comment(new byte[10]), 6554)] }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Accepts((Small with { Before = [half, half, .. Enumerable.Repeat(GifBuilder.Control(), 9000)] }).Build(), policy: Allowed);
        Judge.Accepts((Small with { Before = [half, half, GifBuilder.Application("ICCRGBG1012", new byte[200_000])] }).Build(), policy: Allowed);
        Judge.Refuses((Small with { Before = [GifBuilder.Application("ICCRGBG1012", new byte[(2 * 1024 * 1024) + 1])] }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { Before = [.. Enumerable.Repeat(GifBuilder.Application("ICCRGBG1012", new byte[2_000_000]), 5)] }).Build(), Reasons.EmbeddedFile, Allowed);
    }

    [Fact]
    public void Scripts_in_comments_texts_and_XMP_are_refused_and_XMPs_own_elements_are_none()
    {
        byte[] text = [0x21, 0x01, 12, .. new byte[12], .. GifBuilder.Blocks([.. "<?= 1 ?>"u8], 3)];
        byte[][] scripts =
        [
            GifBuilder.Comment("<?php system(1);"u8), GifBuilder.Comment("<script>"u8, 2), GifBuilder.Comment("<?= 1 ?>"u8), text,
            GifBuilder.Xmp("<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='&lt;script&gt;'/>"), GifBuilder.Application("XMP DataXMP", "<x a='&lt;?= 1'/>"u8), GifBuilder.Application("UNKNOWN1234", "<iframe "u8),
        ];

        Assert.All(scripts, block => Judge.Refuses((Small with { Before = [block] }).Build(), Reasons.ScriptInMetadata, Allowed));
        Judge.Accepts((Small with { Before = [GifBuilder.Xmp("<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a photo'/>"), GifBuilder.Comment("Made with <3 in Bern"u8)] }).Build(), policy: Allowed);
    }

    [Fact]
    public void A_guest_whose_bytes_serve_as_lengths_is_found()
    {
        // The 7z signature's first byte, 0x37, is the length of the comment's second block.
        var guest = Guests.All["7z"];
        byte[] block = [0x21, 0xFE, 1, (byte)'x', .. guest, .. new byte[0x37 + 1 - guest.Length], 0];

        Judge.Refuses((Small with { Before = [block] }).Build(), Reasons.SecondFormat, Allowed);
    }

    [Fact]
    public void A_guest_in_compressed_pixels_is_found_joined_and_as_it_stands()
    {
        // Pixels of seven bits have codes of eight, 128 the clear code: a guest in ASCII is its own pixels.
        var guest = Guests.All["elf"];
        byte[] behindLength = [1, 128, guest[0], .. guest[1..], .. new byte[guest[0] + 1 - guest.Length], 0];
        byte[][] frames =
        [
            [.. GifBuilder.Descriptor(guest.Length, 1, localBits: 7), 7, .. GifBuilder.Blocks([128, .. guest], 3)],
            [.. GifBuilder.Descriptor(guest[0], 1, localBits: 7), 7, .. behindLength],
        ];

        Assert.All(frames, frame => Judge.Refuses(With(frame), Reasons.SecondFormat, Allowed));
        Judge.Accepts(With([.. GifBuilder.Descriptor(guest.Length, 1, localBits: 7), 7, .. GifBuilder.Blocks([128, 1, .. guest[1..]], 3)]), policy: Allowed);
    }

    [Fact]
    public void A_guest_in_a_colour_table_is_found()
    {
        var gif = (Small with { TableBits = 8 }).Build();
        Guests.All["elf"].CopyTo(gif, 100);

        Judge.Refuses(gif, Reasons.SecondFormat, Allowed);
    }

    private static byte[] RandomFrame(Random random)
    {
        var bits = random.Next(2, 9);
        return GifBuilder.Frame(random.Next(1, 60), random.Next(1, 60), random.Next(9), random.Next(9), bits, random.Next(), localBits: random.Next(bits, 9), random.Next(1, 256));
    }

    private static byte[] With(byte[] frame) => (Small with { Frames = [frame] }).Build();
}
