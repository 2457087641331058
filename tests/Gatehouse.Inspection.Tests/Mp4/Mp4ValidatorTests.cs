using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.SecondFormats;
using static Gatehouse.Inspection.Tests.IsoMedia.Boxes;

namespace Gatehouse.Inspection.Tests.Mp4;

public sealed class Mp4ValidatorTests
{
    private static readonly Mp4Builder Small = new();
    private static readonly InspectionPolicy Allowed = Judge.EveryType;

    private static readonly byte[][] Valid =
    [
        Small.Build(),
        (Small with { IsDescriptionFirst = true }).Build(),
        (Small with { HasLongOffsets = true, Media = data => LargeBox("mdat", data) }).Build(),
        (Small with { IsDescriptionFirst = true, Media = data => OpenBox("mdat", data) }).Build(),
        (Small with { SizeBits = 16 }).Build(),
        (Small with { SizeBits = 8 }).Build(),
        (Small with { SizeBits = 4, Samples = [1, 15, 3, 4, 5] }).Build(),
        (Small with { SizeBits = 0, Samples = [50, 50, 50, 50] }).Build(),
        (Small with { FileType = Box("ftyp", Ascii("mp42"), Word(0), Ascii("isom3gp4")) }).Build(),
        (Small with { FileType = Box("ftyp", Ascii("avc1"), Word(0), Ascii("isom3gp4")) }).Build(),
        (Small with { FileType = Box("ftyp", Ascii("M4V "), Word(1), Ascii("M4V M4A mp42isom")) }).Build(),
        (Small with { FileType = Box("ftyp", Ascii("mp42"), Word(0), Ascii("qt  mp42")) }).Build(),
        (Small with { Samples = [.. Enumerable.Range(0, 9000).Select(i => 1 + (i % 40))], IsDescriptionFirst = true }).Build(),
        (Small with { InMovie = UserData("\u00A9nam", "A holiday in Bern"), InTrack = Box("edts", FullBox("elst", 0, 0, Word(0))), AtEnd = Box("free", new byte[100_000]) }).Build(),
        Mp4Builder.Fragmented(fragments: 3),
        Mp4Builder.Fragmented(fragments: 2, runFlags: 0x1),
        Mp4Builder.Fragmented(fragments: 2, trackFlags: 0x10),
        Mp4Builder.Fragmented(fragments: 2, runFlags: 0, trackFlags: 0x11),
        (Small with { InMovie = Box("udta", Box("\u00A9xyz", [0, 18, 0x15, 0xC7], Ascii("+46.9480+007.4474/")), Word(0)) }).Build(),
        (Small with { InMovie = Box("udta", FullBox("meta", 0, 0, Handler("mdir"), Box("ilst", Box("----", FullBox("mean", 0, 0, Ascii("com.apple")), FullBox("name", 0, 0, Ascii("a")), Box("data", Word(0), Word(0), [1, 2])))), Box("XMP_", Ascii("<a/>"))) }).Build(),
        (Small with { InMovie = Box("meta", Handler("mdta"), FullBox("keys", 0, 0, Word(1), Box("mdta", Ascii("a"))), Box("ilst", Box("\0\0\0\u0001", Box("data", Word(1), Word(0), Ascii("b"))))), InTable = [.. FullBox("ctts", 0, 0, Word(1), Word(7), Word(0)), .. FullBox("stss", 0, 0, Word(1), Word(1)), .. FullBox("sdtp", 0, 0, new byte[7])] }).Build(),
    ];

    [Fact]
    public void Valid_videos_are_accepted_however_they_are_cut()
    {
        foreach (var mp4 in Valid)
        {
            foreach (var size in (int[])[1, 7, 64 * 1024])
                Assert.Equal("video/mp4", Assert.IsType<Verdict.Accept>(Judge.InPieces(mp4, [size], policy: Allowed)).Mime);
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        foreach (var mp4 in new[] { Valid[0], Valid[1], Valid[2], Valid[6] })
        {
            for (var length = 12; length < mp4.Length; length++)
                Assert.IsType<Verdict.Refuse>(Judge.Whole(mp4[..length], policy: Allowed));
        }

        Judge.Refuses(Valid[0][..^1], Reasons.Truncated, Allowed);
        Judge.Refuses(Valid[0][..20], Reasons.Truncated, Allowed);
    }

    [Fact]
    public void Where_it_is_not_allowed_it_keeps_the_advice_for_videos()
    {
        var refusal = Judge.Refuses(Valid[0], reason: null);

        Assert.Equal((RefusalCode.TypeNotAllowed, "video/mp4"), (refusal.Code, refusal.Mime));
        Assert.Contains("send a picture of what it shows", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_behind_the_end_is_refused()
    {
        foreach (var guest in Guests.All.Values)
        {
            var refusal = Assert.IsType<Verdict.Refuse>(Judge.Whole([.. Valid[0], .. guest], policy: Allowed));
            Assert.True(refusal.Reason is Reasons.TrailingData or Reasons.SecondFormat, refusal.ToString());
        }
    }

    [Fact]
    public void Zeros_behind_the_end_pass_up_to_64_KB_and_nothing_else_among_them()
    {
        foreach (var zeros in (int[])[1, 4, 8, 9, 4096, 64 * 1024])
        {
            foreach (var size in (int[])[1, 4099])
                Assert.IsType<Verdict.Accept>(Judge.InPieces([.. Valid[0], .. new byte[zeros]], [size], policy: Allowed));
            Assert.IsType<Verdict.Refuse>(Judge.Whole([.. Valid[0], .. new byte[zeros], 1], policy: Allowed));
        }

        Judge.Refuses([.. Valid[0], .. new byte[(64 * 1024) + 1]], Reasons.TrailingData, Allowed);
        Judge.Refuses([.. Valid[0], .. new byte[16], .. Box("free", new byte[8])], Reasons.TrailingData, Allowed);
    }

    [Fact]
    public void Boxes_that_do_not_add_up_are_refused()
    {
        byte[][] wrong =
        [
            [.. Small.FileType, .. Word(7), .. "moov"u8, .. new byte[20]],
            [.. Small.FileType, .. Box("moov", Mp4Builder.MovieHeader, [0, 0, 0, 99, .. "trak"u8])],
            [.. Small.FileType, .. Box("moov", Mp4Builder.MovieHeader, [0, 0, 0, 4, .. "trak"u8])],
            [.. Small.FileType, .. Box("moov", Mp4Builder.MovieHeader, [0, 0, 0, 0, .. "trak"u8])],
            [.. Small.FileType, .. Box("moov", Mp4Builder.MovieHeader)],
            [.. Small.FileType, .. Small.Build()],
            (Small with { FileType = Box("ftyp", Ascii("evil"), Word(0)) }).Build(),
            (Small with { InMovie = Mp4Builder.MovieHeader[..^1] }).Build(),
            (Small with { AtEnd = Valid[0][Small.FileType.Length..] }).Build(),
            (Small with { InTable = FullBox("stsz", 0, 0, Word(1), Word(1)) }).Build(),
            (Small with { InTrack = FullBox("tkhd", 0, 0, new byte[80]) }).Build(),
            (Small with { InMovie = Box("cmov", new byte[20]) }).Build(),
        ];

        Assert.All(wrong, mp4 => Judge.Refuses(mp4, Reasons.BadStructure, Allowed));
    }

    [Theory]
    [InlineData("stsd", "00000000 00000000")]
    [InlineData("stsd", "00000000 00000002 00000010 61766331 0000000000000001")]
    [InlineData("stts", "00000000 00000002 00000007 00000028")]
    [InlineData("stsc", "00000000 00000001 00000002 00000003 00000001")]
    [InlineData("stsc", "00000000 00000001 00000001 00000003 00000002")]
    [InlineData("stsc", "00000000 00000001 00000001 00000002 00000001")]
    [InlineData("stsc", "00000000 00000002 00000001 00000003 00000001 00000001 00000003 00000001")]
    [InlineData("stsc", "00000000 00000000")]
    [InlineData("stsz", "00000000 00000000 00000008 00000001")]
    [InlineData("stsz", "00000000 00000001 00000009")]
    [InlineData("stco", "00000000 00000002 00000030")]
    public void Sample_tables_that_are_wrong_are_refused(string type, string content)
    {
        var box = Box(type, Convert.FromHexString(content.Replace(" ", "", StringComparison.Ordinal)));

        Judge.Refuses((Small with { Instead = (type, box) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Chunks_outside_the_media_data_are_refused()
    {
        foreach (var shift in (int[])[-1, 1, -1000, 100_000])
            Judge.Refuses((Small with { Shift = shift }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { IsDescriptionFirst = true, Shift = 1, Media = data => OpenBox("mdat", data) }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { Samples = [], Instead = ("stsz", FullBox("stsz", 0, 0, Word(5), Word(3))) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Fragments_that_are_wrong_are_refused()
    {
        Judge.Refuses(Mp4Builder.Fragmented(2, dataOffsetShift: 1), Reasons.BadStructure, Allowed);
        Judge.Refuses(Mp4Builder.Fragmented(2, dataOffsetShift: -1), Reasons.BadStructure, Allowed);
        Judge.Refuses(Mp4Builder.Fragmented(2, runFlags: 0x301), Reasons.BadStructure, Allowed);
        Judge.Refuses(Mp4Builder.Fragmented(2, runFlags: 0, trackFlags: 0x11, dataOffsetShift: 1), Reasons.BadStructure, Allowed);
        Judge.Refuses(Mp4Builder.Fragmented(2, runFlags: 0), Reasons.BadStructure, Allowed);
        Judge.Refuses(Mp4Builder.Fragmented(2, trackFlags: 0x20008), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { AtEnd = Box("moof", FullBox("mfhd", 0, 0, Word(1))) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Samples_whose_sizes_add_up_beyond_all_numbers_are_refused()
    {
        var run = Box("moof", Box("traf", FullBox("tfhd", 0, 0x20010, Word(1), Word(uint.MaxValue)), FullBox("trun", 0, 0, Word(uint.MaxValue))));

        Judge.Refuses([.. Mp4Builder.Fragmented(1), .. run, .. Box("mdat", new byte[100])], Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Data_that_is_to_be_fetched_from_elsewhere_is_active_content()
    {
        Judge.Accepts((Small with { Source = FullBox("url ", 0, 0, [0]) }).Build(), policy: Allowed);
        Judge.Refuses((Small with { Source = FullBox("url ", 0, 0, Ascii("http://example.org/a.mp4\0")) }).Build(), Reasons.ActiveContent, Allowed);
        Judge.Refuses((Small with { Source = FullBox("urn ", 0, 0, Ascii("urn:x\0")) }).Build(), Reasons.ActiveContent, Allowed);
        Judge.Refuses((Small with { InMovie = Box("rmra", Box("rmda")) }).Build(), Reasons.ActiveContent, Allowed);
    }

    [Fact]
    public void A_protected_video_is_encrypted_and_one_without_pictures_is_a_recording()
    {
        Judge.Refuses((Small with { Coding = "encv" }).Build(), Reasons.Encrypted, Allowed);
        var recording = Judge.Refuses((Small with { Handler = "soun" }).Build(), reason: null, Allowed);
        Assert.Equal((RefusalCode.TypeNotAllowed, "audio/mp4"), (recording.Code, recording.Mime));
    }

    [Fact]
    public void Pictures_larger_than_allowed_are_refused()
    {
        Judge.Refuses((Small with { Width = 9000, Height = 9000 }).Build(), Reasons.TooManyPixels, Allowed);
        Judge.Refuses((Small with { Width = 30_001, Height = 1 }).Build(), Reasons.TooManyPixels, Allowed);
    }

    [Fact]
    public void Unknown_boxes_have_64_KB_in_all_and_depth_and_number_are_limited()
    {
        var half = Box("what", new byte[(32 * 1024) - 8]);
        byte[] nested = [];
        for (var depth = 0; depth < 40; depth++)
            nested = Box("meta", Word(0), nested);

        Judge.Accepts((Small with { InMovie = half, AtEnd = half }).Build(), policy: Allowed);
        Judge.Refuses((Small with { InMovie = half, AtEnd = half, InTrack = Box("more") }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { InMovie = Box("uuid", new byte[(2 * 1024 * 1024) + 1]) }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { AtEnd = Box("what", new byte[64 * 1024 + 1]) }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses([.. Small.Build(), .. Ascii("What stands here is a text.")], Reasons.TrailingData, Allowed);
        Judge.Refuses([.. Small.Build(), .. Ascii("\r\n")], Reasons.TrailingData, Allowed);
        Judge.Refuses([.. Small.Build(), .. Ascii("\n")], Reasons.TrailingData, Allowed);
        Judge.Refuses([.. Small.Build(), 0, 0, 16, 0, (byte)'m'], Reasons.Truncated, Allowed);
        Judge.Refuses((Small with { InMovie = nested }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { InMovie = [.. Enumerable.Repeat(Box("free"), 300_001).SelectMany(b => b)] }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { AtEnd = [.. Enumerable.Repeat(Box("free"), 30_001).SelectMany(b => b)] }).Build(), Reasons.BadStructure, Allowed);
        Judge.Refuses((Small with { InMovie = [.. Enumerable.Repeat(Box("trak"), 129).SelectMany(b => b)] }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Padding_that_is_no_padding_and_media_data_that_nothing_uses_are_limited()
    {
        var noise = new byte[70_000];
        new Random(3).NextBytes(noise);
        var fragmented = Mp4Builder.Fragmented(2);

        foreach (var type in (string[])["free", "skip", "wide", "mdat"])
        {
            Judge.Accepts((Small with { AtEnd = Box(type, noise[..60_000]) }).Build(), policy: Allowed);
            Judge.Refuses((Small with { AtEnd = Box(type, noise) }).Build(), Reasons.EmbeddedFile, Allowed);
            Judge.Refuses((Small with { AtEnd = [.. Box(type, noise[..40_000]), .. Box(type, noise[..40_000])] }).Build(), Reasons.EmbeddedFile, Allowed);
            Judge.Refuses([.. fragmented, .. Box(type, noise)], Reasons.EmbeddedFile, Allowed);
        }

        Judge.Refuses((Small with { InMovie = Box("free", noise[..40_000]), InTrack = Box("skip", noise[..40_000]) }).Build(), Reasons.EmbeddedFile, Allowed);
    }

    [Fact]
    public void Boxes_that_are_only_searched_have_a_length_of_their_own()
    {
        byte[] Notes(int megabytes) => FullBox("sdtp", 0, 0, new byte[megabytes << 20]);

        Judge.Accepts((Small with { InTable = Notes(8) }).Build(), policy: Allowed);
        Judge.Refuses((Small with { InTable = [.. Notes(8), .. Notes(8)] }).Build(), Reasons.EmbeddedFile, Allowed);
        Judge.Refuses((Small with { AtEnd = Box("sidx", new byte[17 << 20]) }).Build(), Reasons.EmbeddedFile, Allowed);
    }

    [Fact]
    public void A_handler_is_as_long_as_its_fields_and_its_name_ends_as_it_likes()
    {
        byte[] fields = [.. new byte[4], .. Ascii("vide"), .. new byte[12]];

        Judge.Accepts((Small with { HandlerBox = FullBox("hdlr", 0, 0, fields) }).Build(), policy: Allowed);
        Judge.Accepts((Small with { HandlerBox = FullBox("hdlr", 0, 0, fields, [4], Ascii("Core")) }).Build(), policy: Allowed);
        Judge.Refuses((Small with { HandlerBox = FullBox("hdlr", 0, 0, fields[..^1]) }).Build(), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Scripts_in_values_are_refused_with_words_for_a_video()
    {
        byte[][] scripts =
        [
            UserData("\u00A9nam", "<?= 1 ?>"),
            Box("udta", Box("\u00A9cmt", [0, 8, 0x15, 0xC7], Ascii("<?= 1 ?>")), Word(0)),
            Box("udta", FullBox("titl", 0, 0, Half(0), Ascii("<script>"))),
            Box("udta", Box("XMP_", Ascii("<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='&lt;script&gt;'/>"))),
            Box("uuid", Convert.FromHexString("BE7ACFCB97A942E89C71999491E3AFAC"), Ascii("<x a='&lt;script&gt;'/>")),
            Box("meta", Handler("mdta"), FullBox("keys", 0, 0, Word(1), Box("mdta", Ascii("a"))), Box("ilst", [0, 0, 0, 32, 0, 0, 0, 1], Box("data", Word(1), Word(0), Ascii("<?= 1 ?>")))),
            FullBox("meta", 0, 0, Handler("mdir", "<svg onload=a>")),
            Box("free", Ascii("<?php 1")),
            Box("what", Ascii("<iframe ")),
        ];

        foreach (var box in scripts)
            Assert.Contains("video's description", Judge.Refuses((Small with { InMovie = box }).Build(), Reasons.ScriptInMetadata, Allowed).Sentence, StringComparison.Ordinal);
    }

    private static byte[] UserData(string type, string text) =>
        Box("udta", FullBox("meta", 0, 0, Handler("mdir"), Box("ilst", Box(type, Box("data", Word(1), Word(0), Ascii(text))))));
}
