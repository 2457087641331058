using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Jpeg;

public sealed class JpegValidatorTests
{
    private static readonly JpegBuilder Small = new();

    [Fact]
    public void A_valid_file_is_accepted_however_it_is_cut() => Property.Holds(100, random =>
    {
        var jpeg = JpegBuilder.Random(random).Build();

        Assert.Equal("image/jpeg", Assert.IsType<Verdict.Accept>(Judge.InPieces(jpeg, Property.Pieces(random))).Mime);
        Assert.IsType<Verdict.Accept>(Judge.InPieces(jpeg, [1]));
    });

    [Fact]
    public void Whatever_is_cut_off_it_is_truncated() => Property.Holds(150, random =>
    {
        var jpeg = JpegBuilder.Random(random).Build();
        var cut = jpeg[..random.Next(3, jpeg.Length)];

        Assert.Equal(cut.Length, Judge.Refuses(cut, Reasons.Truncated).Offset);
    });

    [Fact]
    public void Markup_behind_a_signature_is_no_picture()
    {
        Assert.Equal(2, Judge.Refuses([0xFF, 0xD8, 0xFF, .. "<html>"u8], Reasons.BadStructure).Offset);
    }

    [Fact]
    public void Restarts_in_order_are_accepted_and_others_refused()
    {
        var interval = JpegBuilder.Segment(0xDD, [0, 4]);
        byte[] inOrder = [.. Enumerable.Range(0, 10).SelectMany(i => new byte[] { 0x55, 0xFF, (byte)(0xD0 + (i % 8)) }), 1];
        byte[] outOfOrder = [0x55, 0xFF, 0xD0, 0x55, 0xFF, 0xD2];

        Judge.Accepts((Small with { Segments = [interval], Scan = inOrder }).Build());
        Judge.Refuses((Small with { Segments = [interval], Scan = outOfOrder }).Build(), Reasons.BadStructure);
        Judge.Refuses((Small with { Scan = inOrder }).Build(), Reasons.BadStructure);
    }

    [Fact]
    public void Several_scans_and_fill_bytes_are_accepted()
    {
        byte[] frame = JpegBuilder.Segment(0xC1, [8, 0, 16, 0, 16, 2, 1, 0x11, 0, 2, 0x11, 0]);
        byte[] second = JpegBuilder.Segment(0xDA, [1, 2, 0, 0, 63, 0]);

        Judge.Accepts([.. JpegBuilder.Start, .. JpegBuilder.Quantization, .. frame, .. JpegBuilder.ScanHeader, 1, 2, 0xFF, .. JpegBuilder.Huffman, .. second, 3, 4, 0xFF, .. JpegBuilder.End]);
    }

    [Fact]
    public void Any_file_of_every_process_with_restarts_or_several_scans_is_accepted() =>
        Property.Holds(150, random => Judge.Accepts(JpegSamples.Random(random)));

    /// <summary>Each was let in once, and other readers show nothing of it.</summary>
    [Fact]
    public void Scans_that_no_reader_can_decode_are_refused()
    {
        byte[] start = [.. JpegBuilder.Start, .. JpegBuilder.Quantization, .. JpegBuilder.Huffman];
        byte[] progressive = [.. start, .. JpegBuilder.Segment(0xC2, [8, 0, 16, 0, 16, 1, 1, 0x11, 0])];
        byte[] end = [1, 2, .. JpegBuilder.End];
        byte[][] wrong =
        [
            [.. JpegBuilder.Start, .. Small.Frame, .. JpegBuilder.ScanHeader, .. end],
            [.. start, .. Small.Frame, .. JpegBuilder.ScanHeader, 1, .. JpegBuilder.ScanHeader, .. end],
            [.. start, .. Small.Frame, .. JpegBuilder.Segment(0xDA, [1, 1, 0x40, 0, 63, 0]), .. end],
            [.. start, .. Small.Frame, .. JpegBuilder.Segment(0xDA, [1, 1, 0x20, 0, 63, 0]), .. end],
            [.. start, .. Small.Frame, .. JpegBuilder.Segment(0xDA, [1, 1, 0x03, 0, 63, 0]), .. end],
            [.. start, .. Small.Frame, .. JpegBuilder.Segment(0xDA, [2, 1, 0, 1, 0, 0, 63, 0]), .. end],
            [.. start, .. JpegBuilder.Segment(0xC0, [8, 0, 16, 0, 16, 3, 1, 0x22, 0, 2, 0x22, 0, 3, 0x22, 0]), .. JpegBuilder.Segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]), .. end],
            [.. start, .. JpegBuilder.Segment(0xC0, [12, 0, 16, 0, 16, 1, 1, 0x11, 0]), .. JpegBuilder.ScanHeader, .. end],
            [.. progressive, .. JpegBuilder.Segment(0xDA, [1, 1, 0, 0, 5, 0]), .. end],
            [.. progressive, .. JpegBuilder.Segment(0xDA, [1, 1, 0, 9, 5, 0]), .. end],
            [.. progressive, .. JpegBuilder.Segment(0xDA, [1, 1, 0, 0, 0, 0x31]), .. end],
            [.. progressive, .. JpegBuilder.Segment(0xDA, [1, 1, 0, 1, 5, 0]), .. end],
            [.. progressive, .. JpegBuilder.Segment(0xDA, [1, 1, 0x10, 0, 0, 0]), .. end],
            [.. JpegBuilder.Start, .. JpegBuilder.Quantization, .. JpegBuilder.Segment(0xC4, [0, 2, .. new byte[15], 5, 6]), .. Small.Frame, .. JpegBuilder.ScanHeader, .. end],
            [.. JpegBuilder.Start, .. JpegBuilder.Quantization, .. JpegBuilder.Segment(0xC4, [0, 0, 1, .. new byte[14], 16]), .. Small.Frame, .. JpegBuilder.ScanHeader, .. end],
        ];

        Assert.All(wrong, file => Judge.Refuses(file, Reasons.BadStructure));
    }

    [Fact]
    public void Structures_that_no_picture_has_are_refused()
    {
        byte[] tables = [.. JpegBuilder.Start, .. JpegBuilder.Quantization];
        byte[] scan = [.. JpegBuilder.ScanHeader, 1, 2, .. JpegBuilder.End];
        byte[][] wrong =
        [
            [.. tables, .. Small.Frame, .. Small.Frame, .. scan],
            [.. tables, .. scan],
            [.. tables, .. Small.Frame, .. JpegBuilder.End],
            [.. tables, .. JpegBuilder.Segment(0xC3, Small.Frame[4..]), .. scan],
            [.. tables, .. JpegBuilder.Segment(0xC0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0, 0]), .. scan],
            [.. tables, .. JpegBuilder.Segment(0xC0, [8, 0, 0, 0, 16, 1, 1, 0x11, 0]), .. scan],
            [.. tables, .. Small.Frame, .. JpegBuilder.Segment(0xDA, [1, 2, 0, 0, 63, 0]), 1, .. JpegBuilder.End],
            [.. JpegBuilder.Start, .. JpegBuilder.Segment(0xDB, [0, .. new byte[65]]), .. Small.Frame, .. scan],
            [.. JpegBuilder.Start, .. JpegBuilder.Segment(0xC4, [0, 0, 9, .. new byte[14], 5]), .. Small.Frame, .. scan],
            [.. tables, 0xFF, 0xE0, 0, 1, .. Small.Frame, .. scan],
            [.. tables, 0x00, .. Small.Frame, .. scan],
            [.. tables, .. JpegBuilder.Segment(0xF7, [1]), .. Small.Frame, .. scan],
        ];

        Judge.Accepts([.. tables, .. Small.Frame, .. scan]);
        Assert.All(wrong, jpeg => Judge.Refuses(jpeg, Reasons.BadStructure));
    }

    [Fact]
    public void More_pixels_or_longer_sides_than_allowed_are_refused()
    {
        Judge.Refuses((Small with { Width = 8367, Height = 8367 }).Build(), Reasons.TooManyPixels);
        Judge.Refuses((Small with { Width = 30_001, Height = 1 }).Build(), Reasons.TooManyPixels);
        Judge.Accepts((Small with { Width = 8366, Height = 8366 }).Build());
    }

    [Fact]
    public void Unknown_segments_and_comments_may_have_64_KB_in_all_and_a_known_makers_more()
    {
        var half = new byte[32 * 1024];

        Judge.Accepts((Small with { Segments = [JpegBuilder.App(7, half), JpegBuilder.Comment(half)] }).Build());
        Judge.Refuses((Small with { Segments = [JpegBuilder.App(7, half), JpegBuilder.Comment(half), JpegBuilder.App(9, [1])] }).Build(), Reasons.EmbeddedFile);
        var c2pa = JpegBuilder.App(11, [.. "JP\0\x01\0\0\0\x01\0\0\x7F\x10jumb"u8, .. half]);
        Judge.Accepts((Small with { Segments = [c2pa, c2pa, c2pa] }).Build());
        Judge.Refuses((Small with { Segments = [.. Enumerable.Repeat(c2pa, 128)] }).Build(), Reasons.EmbeddedFile);

        // Two letters are no maker's name.
        var letters = JpegBuilder.App(11, [.. "JP"u8, .. half]);
        Judge.Refuses((Small with { Segments = [letters, letters] }).Build(), Reasons.EmbeddedFile);
    }

    [Fact]
    public void Tables_are_no_room_for_other_data()
    {
        Judge.Accepts((Small with { Segments = [.. Enumerable.Repeat(JpegBuilder.Quantization, 1000)] }).Build());
        Judge.Refuses((Small with { Segments = [.. Enumerable.Repeat(JpegBuilder.Quantization, 1009)] }).Build(), Reasons.EmbeddedFile);
    }

    [Fact]
    public void Arithmetic_conditioning_stands_only_where_it_serves()
    {
        byte[] Arithmetic(params byte[] conditioning)
        {
            var frame = Small.Frame;
            frame[1] = 0xC9;
            return [.. JpegBuilder.Start, .. JpegBuilder.Segment(0xCC, conditioning), .. JpegBuilder.Quantization, .. frame, .. JpegBuilder.ScanHeader, 1, 2, 3, .. JpegBuilder.End];
        }

        Judge.Accepts(Arithmetic(0x00, 0x10, 0x13, 0x3F));
        byte[][] wrong =
        [
            Arithmetic(0x00), Arithmetic(0x00, 0x01), Arithmetic(0x10, 0), Arithmetic(0x10, 64), Arithmetic(0x20, 1), Arithmetic(0x04, 0x10),
            Arithmetic([.. Enumerable.Repeat((byte)0x10, 18)]),
            (Small with { Segments = [JpegBuilder.Segment(0xCC, [0x00, 0x10])] }).Build(),
            [.. JpegBuilder.Start, .. JpegBuilder.Quantization, .. Small.Frame, .. JpegBuilder.Segment(0xCC, [0x00, 0x10]), .. JpegBuilder.Huffman, .. JpegBuilder.ScanHeader, 1, 2, .. JpegBuilder.End],
        ];
        Assert.All(wrong, file => Judge.Refuses(file, Reasons.BadStructure));
    }

    [Fact]
    public void A_colour_profile_has_each_part_once_and_in_order()
    {
        byte[] Parts(params (byte Number, byte Count)[] parts) =>
            (Small with { Segments = [.. parts.Select(p => JpegBuilder.App(2, [.. "ICC_PROFILE\0"u8, p.Number, p.Count, .. new byte[200]]))] }).Build();

        Judge.Accepts(Parts((1, 1)));
        Judge.Accepts(Parts((1, 2), (2, 2)));
        Judge.Accepts(Parts((0, 0)));
        Judge.Accepts(Parts((1, 1), (1, 1)));

        byte[][] wrong = [Parts((5, 1)), Parts((2, 2), (1, 2)), Parts((1, 3), (1, 3)), Parts((1, 3), (2, 2)), Parts((0, 2)), Parts((1, 2), (2, 2), (2, 2))];
        Assert.All(wrong, file => Judge.Refuses(file, Reasons.BadStructure));
    }

    [Fact]
    public void Colour_profiles_have_2_MB_in_all_however_often_they_begin()
    {
        var whole = JpegBuilder.App(2, [.. "ICC_PROFILE\0\x01\x01"u8, .. new byte[64 * 1000]]);

        Judge.Accepts((Small with { Segments = [.. Enumerable.Repeat(whole, 32)] }).Build());
        Judge.Refuses((Small with { Segments = [.. Enumerable.Repeat(whole, 33)] }).Build(), Reasons.EmbeddedFile);
    }

    [Theory]
    [InlineData(1, "FLIR\0")]
    [InlineData(4, "HPSC\0")]
    [InlineData(4, "SCALADO\0")]
    [InlineData(6, "MMIMETA\0")]
    public void What_cameras_of_known_makers_write_beside_the_picture_passes(int number, string name)
    {
        var part = JpegBuilder.App(number, [.. System.Text.Encoding.ASCII.GetBytes(name), .. new byte[60_000]]);

        Judge.Accepts((Small with { Segments = [part, part, part] }).Build());
    }
}
