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
        var c2pa = JpegBuilder.App(11, [.. "JP"u8, .. half]);
        Judge.Accepts((Small with { Segments = [c2pa, c2pa, c2pa] }).Build());
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
