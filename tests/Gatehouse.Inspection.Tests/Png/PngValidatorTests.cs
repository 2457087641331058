using Gatehouse.Inspection.Tests.Compression;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Png;

public sealed class PngValidatorTests
{
    private static readonly PngBuilder Small = new();

    public static TheoryData<byte, byte, bool> Layouts()
    {
        var data = new TheoryData<byte, byte, bool>();
        foreach (var (colour, depth) in PngBuilder.ColoursAndDepths)
        {
            data.Add(colour, depth, p3: false);
            data.Add(colour, depth, p3: true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_colour_type_and_depth_is_accepted_plain_and_interlaced(byte colour, byte depth, bool isInterlaced)
    {
        for (var size = 1; size < 18; size++)
            Judge.Accepts((Small with { Colour = colour, Depth = depth, IsInterlaced = isInterlaced, Width = size, Height = 19 - size }).Build());
    }

    [Fact]
    public void A_valid_file_is_accepted_however_it_is_cut() => Property.Holds(100, random =>
    {
        var png = PngBuilder.Random(random).Build();

        Assert.IsType<Verdict.Accept>(Judge.InPieces(png, Property.Pieces(random)));
        Assert.IsType<Verdict.Accept>(Judge.InPieces(png, [1]));
    });

    [Fact]
    public void A_changed_byte_anywhere_is_refused() => Property.Holds(300, random =>
    {
        var png = PngBuilder.Random(random).Build();
        png[random.Next(8, png.Length)] ^= (byte)random.Next(1, 256);

        Assert.IsType<Verdict.Refuse>(Judge.InPieces(png, Property.Pieces(random)));
    });

    [Fact]
    public void Whatever_is_cut_off_it_is_truncated() => Property.Holds(100, random =>
    {
        var png = PngBuilder.Random(random).Build();
        var cut = png[..random.Next(4, png.Length)];

        var refusal = Judge.Refuses(cut, Reasons.Truncated);
        Assert.Equal(RefusalCode.ContentDamaged, refusal.Code);
        Assert.Equal(cut.Length, refusal.Offset);
    });

    [Fact]
    public void A_wrong_checksum_is_told_with_its_place()
    {
        var png = Small.Build();
        png[29] ^= 1;

        Assert.Equal(29, Judge.Refuses(png, Reasons.BadChecksum).Offset);
    }

    [Fact]
    public void Data_behind_the_end_is_refused_where_it_begins()
    {
        var png = Small.Build();

        Assert.Equal(png.Length, Judge.Refuses([.. png, 0], Reasons.TrailingData).Offset);
    }

    [Fact]
    public void Data_behind_the_pixels_end_is_refused()
    {
        var zlib = Deflated.Zlib(Small.Rows(), DeflateKind.Stored);

        Judge.Refuses(Small.Build(Small.Data([.. zlib, 0])), Reasons.TrailingData);
        Judge.Refuses(Small.Build([.. Small.Data(zlib), .. PngBuilder.Chunk("IDAT", [7])]), Reasons.TrailingData);
    }

    [Fact]
    public void A_profile_without_its_last_checksum_passes_and_one_with_a_wrong_one_does_not()
    {
        var zlib = Deflated.Zlib(new byte[200], DeflateKind.Dynamic);

        Judge.Accepts(With(zlib[..^4]));
        Judge.Refuses(With([.. zlib[..^1], (byte)~zlib[^1]]), Reasons.BadStructure);
        Judge.Refuses(With(zlib[..(zlib.Length / 2)]), Reasons.BadStructure);

        static byte[] With(byte[] profile) => (Small with { Before = [PngBuilder.Chunk("iCCP", [.. "icc\0\0"u8, .. profile])] }).Build();
    }

    [Theory]
    [InlineData(DeflateKind.Stored)]
    [InlineData(DeflateKind.Fixed)]
    [InlineData(DeflateKind.Dynamic)]
    public void Pixels_that_are_too_few_or_too_many_are_refused(DeflateKind kind)
    {
        var rows = Small.Rows();

        Judge.Refuses(Small.Build(Small.Data(Deflated.Zlib(rows[..^1], kind))), Reasons.BadStructure);
        Judge.Refuses(Small.Build(Small.Data(Deflated.Zlib([.. rows, 0], kind))), Reasons.BadStructure);
    }

    [Fact]
    public void A_filter_type_that_does_not_exist_is_refused()
    {
        Judge.Accepts((Small with { FilterType = 4 }).Build());
        Judge.Refuses((Small with { FilterType = 5 }).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void Pixel_data_with_a_wrong_checksum_of_its_own_is_refused()
    {
        var zlib = Deflated.Zlib(Small.Rows(), DeflateKind.Dynamic);
        zlib[^1] ^= 1;

        Judge.Refuses(Small.Build(Small.Data(zlib)), Reasons.BadChecksum);
    }

    [Fact]
    public void More_pixels_or_longer_sides_than_allowed_are_refused_from_the_header_alone()
    {
        foreach (var large in new[] { Small with { Width = 8367, Height = 8367 }, Small with { Width = 30_001, Height = 1 }, Small with { Width = 1, Height = 30_001 } })
        {
            byte[] header = [.. PngBuilder.Signature, .. large.Header()];
            var refusal = Judge.Refuses(header, Reasons.TooManyPixels);
            Assert.Equal(RefusalCode.ContentUnsafe, refusal.Code);
        }

        Judge.Refuses([.. PngBuilder.Signature, .. (Small with { Width = 8366, Height = 8366 }).Header()], Reasons.Truncated);
    }

    [Fact]
    public void Chunks_out_of_order_are_refused()
    {
        var data = Small.Data(Deflated.Zlib(Small.Rows(), DeflateKind.Stored));
        var remark = PngBuilder.Chunk("tEXt", [.. "Comment\0x"u8]);
        byte[] start = [.. PngBuilder.Signature, .. Small.Header()];
        var halves = (Small with { DataChunk = 40 }).Data(Deflated.Zlib(Small.Rows(), DeflateKind.Stored));
        byte[][] wrong =
        [
            [.. PngBuilder.Signature, .. data, .. PngBuilder.End],
            [.. PngBuilder.Signature, .. remark, .. Small.Header(), .. data, .. PngBuilder.End],
            [.. start, .. Small.Header(), .. data, .. PngBuilder.End],
            [.. start, .. PngBuilder.End],
            [.. start, .. data, .. PngBuilder.Chunk("PLTE", new byte[3]), .. PngBuilder.End],
            [.. start, .. halves[..52], .. remark, .. halves[52..], .. PngBuilder.End],
            [.. start, .. PngBuilder.Chunk("ABCD", []), .. data, .. PngBuilder.End],
            [.. start, .. PngBuilder.Chunk("a1cd", []), .. data, .. PngBuilder.End],
            [.. start, .. data, .. PngBuilder.Chunk("IEND", [1])],
            [.. PngBuilder.Signature, .. (Small with { Colour = 3 }).Header(), .. data, .. PngBuilder.End],
        ];

        Judge.Accepts([.. start, .. halves, .. remark, .. PngBuilder.End]);
        Assert.All(wrong, png => Judge.Refuses(png, Reasons.BadStructure));
    }

    [Fact]
    public void Apples_own_format_has_a_sentence_of_its_own()
    {
        byte[] png = [.. PngBuilder.Signature, .. PngBuilder.Chunk("CgBI", [0x50, 0, 0x20, 2]), .. Small.Build()[8..]];

        Assert.Contains("CgBI", Judge.Refuses(png, Reasons.BadStructure).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_that_a_text_transfer_changed_is_called_damage()
    {
        Judge.Refuses([0x89, .. "PNG\n\x1A\n"u8, .. Small.Build()[8..]], Reasons.BadStructure);
    }

    [Fact]
    public void Headers_that_no_picture_has_are_refused()
    {
        byte[][] headers = [[0, 0, 0, 0, 0, 0, 0, 4, 8, 2, 0, 0, 0], [0, 0, 0, 5, 0, 0, 0, 4, 4, 2, 0, 0, 0], [0, 0, 0, 5, 0, 0, 0, 4, 8, 5, 0, 0, 0], [0, 0, 0, 5, 0, 0, 0, 4, 8, 2, 1, 0, 0], [0, 0, 0, 5, 0, 0, 0, 4, 8, 2, 0, 0, 2]];

        Assert.All(headers, header => Judge.Refuses([.. PngBuilder.Signature, .. PngBuilder.Chunk("IHDR", header)], Reasons.BadStructure));
    }
}
