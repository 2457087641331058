using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.SecondFormats;
using static Gatehouse.Inspection.Tests.Webp.WebpBuilder;

namespace Gatehouse.Inspection.Tests.Webp;

public sealed class WebpValidatorTests
{
    private static readonly InspectionPolicy Allowed = Judge.EveryType;
    private const byte Transparent = 0x10;

    /// <summary>Profile, EXIF and XMP.</summary>
    private const byte Described = 0x2C;

    private static readonly byte[] Alpha = Chunk("ALPH", [0x11, 1, 2, 3]);

    private static readonly byte[][] Valid =
    [
        Riff(Lossy()),
        Riff(Lossy(300, 200, noise: 200_001)),
        Riff(Lossless()),
        Riff(Lossless(16_384, 1)),
        Riff(Canvas(flags: Transparent), Alpha, Lossy()),
        Riff(Canvas(flags: Described), Chunk("ICCP", new byte[131]), Lossless(), Chunk("EXIF", "II*\0\0\0\0\0"u8), Chunk("XMP ", "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a photo'/>"u8), Chunk("mine", [1, 2, 3])),
        Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15, Lossy()), FrameOf(2, 2, 5, 5, Lossless(5, 5), Chunk("mine", [1]))),
        Riff(Canvas(flags: Animated | Transparent), Animation, FrameOf(4, 2, 16, 13, Alpha, Lossy(16, 13))),
    ];

    [Fact]
    public void Valid_pictures_are_accepted_however_they_are_cut()
    {
        foreach (var webp in Valid)
        {
            foreach (var size in (int[])[1, 7, 64 * 1024])
                Assert.Equal("image/webp", Assert.IsType<Verdict.Accept>(Judge.InPieces(webp, [size], policy: Allowed)).Mime);
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        foreach (var webp in Valid.Where(v => v.Length < 10_000))
        {
            for (var length = 16; length < webp.Length; length++)
                Judge.Refuses(webp[..length], Reasons.Truncated, Allowed);
        }
    }

    [Fact]
    public void Where_it_is_not_allowed_it_keeps_the_advice_for_WebP_pictures()
    {
        var refusal = Judge.Refuses(Valid[0], reason: null);

        Assert.Equal((RefusalCode.TypeNotAllowed, "image/webp", "This is a WebP picture. Save it as JPEG or PNG and send that."), (refusal.Code, refusal.Mime, refusal.Sentence));
    }

    [Fact]
    public void Data_behind_the_end_is_refused_where_it_begins()
    {
        foreach (var webp in Valid)
        {
            foreach (var guest in Guests.All.Values.Append([0]))
                Assert.Equal(webp.Length, Judge.Refuses([.. webp, .. guest], Reasons.TrailingData, Allowed).Offset);
        }
    }

    [Fact]
    public void Chunks_that_are_out_of_order_missing_or_there_twice_are_refused()
    {
        byte[][] wrong =
        [
            Riff(Lossy(), Lossy()),
            Riff(Lossy(), Canvas()),
            Riff(Canvas(), Canvas(), Lossy()),
            Riff(Canvas()),
            Riff(Canvas(flags: Transparent), Lossy(), Alpha),
            Riff(Canvas(flags: Transparent), Alpha, Alpha, Lossy()),
            Riff(Canvas(flags: Transparent), Alpha, Lossless()),
            Riff(Canvas(flags: Transparent), Chunk("ALPH", [0x13, 1]), Lossy()),
            Riff(Canvas(), Animation, Lossy()),
            Riff(Canvas(), FrameOf(0, 0, 20, 15, Lossy())),
            Riff(Canvas(flags: Animated), FrameOf(0, 0, 20, 15, Lossy())),
            Riff(Canvas(flags: Animated), Animation),
            Riff(Canvas(flags: Animated), Animation, Lossy()),
            Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15)),
            Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15, Lossy(), Lossy())),
            Riff(Canvas(flags: Animated | 0x08), Animation, FrameOf(0, 0, 20, 15, Lossy(), Chunk("EXIF", [1, 2]))),
            Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15, FrameOf(0, 0, 20, 15, Lossy()))),
        ];

        Assert.All(wrong, webp => Judge.Refuses(webp, Reasons.BadStructure, Allowed));
    }

    [Fact]
    public void What_the_canvas_announces_is_there_and_what_is_there_is_announced()
    {
        byte[][] parts = [Chunk("ICCP", new byte[131]), Chunk("EXIF", "II*\0\0\0\0\0"u8), Chunk("XMP ", "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='a photo'/>"u8)];

        foreach (var part in parts)
        {
            Judge.Accepts(Riff(Canvas(flags: FlagOf(part)), part, Lossy()), policy: Allowed);
            Judge.Refuses(Riff(Canvas(flags: FlagOf(part)), Lossy()), Reasons.BadStructure, Allowed);
            Judge.Refuses(Riff(Canvas(), part, Lossy()), Reasons.BadStructure, Allowed);
        }

        Judge.Refuses(Riff(Canvas(), Alpha, Lossy()), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15, Alpha, Lossy())), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Transparency_that_is_announced_may_be_missing_and_a_lossless_picture_keeps_its_own_word_for_it()
    {
        var lossless = Lossless();
        lossless[12] |= 0x10;

        Judge.Accepts(Riff(Canvas(flags: Transparent), Lossy()), policy: Allowed);
        Judge.Accepts(Riff(Canvas(), lossless), policy: Allowed);
    }

    [Fact]
    public void A_profile_behind_the_animation_s_header_or_picture_data_is_refused()
    {
        var profile = Chunk("ICCP", new byte[131]);
        var flag = FlagOf(profile);

        Judge.Accepts(Riff(Canvas(flags: flag), profile, Lossy()), policy: Allowed);
        Judge.Refuses(Riff(Canvas(flags: flag), Lossy(), profile), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: flag), Lossless(), profile), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: (byte)(flag | Transparent)), Alpha, profile, Lossy()), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: (byte)(flag | Animated)), Animation, profile, FrameOf(0, 0, 20, 15, Lossy())), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: (byte)(flag | Animated)), Animation, FrameOf(0, 0, 20, 15, Lossy()), profile), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Picture_data_is_limited_by_the_pixels_that_it_stands_for()
    {
        // 32 x 16 in whole blocks: 5 bytes a pixel and 4096.
        const int Most = (32 * 16 * 5) + 4096;

        Judge.Accepts(Riff(Lossy(noise: Most - 10)), policy: Allowed);
        Judge.Accepts(Riff(Lossless(noise: Most - 5)), policy: Allowed);
        Judge.Accepts(Riff(Canvas(flags: Transparent), Chunk("ALPH", new byte[Most]), Lossy()), policy: Allowed);
        Judge.Refuses(Riff(Lossy(noise: Most - 9)), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Lossless(noise: Most - 4)), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: Transparent), Chunk("ALPH", new byte[Most + 1]), Lossy()), Reasons.BadStructure, Allowed);
        Judge.Refuses(Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15, Lossy(noise: Most - 9))), Reasons.BadStructure, Allowed);
    }

    [Fact]
    public void Sizes_that_disagree_are_refused()
    {
        byte[][] wrong =
        [
            Riff(Canvas(), Lossy(21, 15)),
            Riff(Canvas(), Lossless(20, 14)),
            Riff(Canvas(flags: Animated), Animation, FrameOf(0, 0, 20, 15, Lossy(19, 15))),
            Riff(Canvas(flags: Animated), Animation, FrameOf(2, 0, 20, 15, Lossy())),
            Riff(Canvas(flags: Animated), Animation, FrameOf(0, 2, 20, 15, Lossy())),
        ];

        Assert.All(wrong, webp => Judge.Refuses(webp, Reasons.BadStructure, Allowed));
    }

    [Fact]
    public void Headers_that_no_picture_has_are_refused()
    {
        byte[][] wrong =
        [
            Riff(Lossy(0)), Riff(Lossy(height: 0)), Riff(Lossy(flags: 0x11)), Riff(Lossy(flags: 0)), Riff(Lossy(flags: 0x18)), Riff(Lossy(partition: 61)), Riff(Lossy(partition: 60)), Riff(Lossy(partition: 0)), Riff(Lossless(noise: 2)), Riff(Lossless(version: 1)), Riff(Chunk("VP8L", new byte[9])), Riff(Chunk("VP8 ", new byte[9])),
            Riff(Chunk("VP8X", new byte[12]), Lossy(1, 1)),
        ];

        Assert.All(wrong, webp => Judge.Refuses(webp, Reasons.BadStructure, Allowed));
    }

    [Fact]
    public void A_last_chunk_without_its_padding_passes_where_the_length_does_not_count_it()
    {
        var unpadded = Riff(Canvas(), Lossless(noise: 60))[..^1];
        unpadded[4]--;

        Judge.Accepts(unpadded, policy: Allowed);
        Judge.Refuses([.. unpadded, 0], Reasons.TrailingData, Allowed);
    }

    [Fact]
    public void Lengths_and_padding_must_agree()
    {
        var beyond = Riff(Lossy());
        beyond[16] += 2;
        var odd = Riff(Lossy());
        odd[4]++;
        odd = [.. odd, 0, 0, 0, 0, 0, 0, 0, 0];
        var unpadded = Riff(Canvas(), Lossless(noise: 60));
        unpadded[^1] = 1;

        Assert.All((byte[][])[beyond, odd, unpadded], webp => Judge.Refuses(webp, Reasons.BadStructure, Allowed));
    }

    [Fact]
    public void Pixels_are_limited_in_each_picture_and_in_all()
    {
        var limited = Allowed with { MaxPixels = 300 };
        var frames = Enumerable.Repeat(FrameOf(0, 0, 20, 15, Lossy()), 11).ToArray();

        Judge.Refuses(Riff(Lossy(9000, 9000)), Reasons.TooManyPixels, Allowed);
        Judge.Refuses(Riff(Canvas(30_001, 1, Animated), Animation), Reasons.TooManyPixels, Allowed);
        Judge.Accepts(Riff([Canvas(flags: Animated), Animation, .. frames[..10]]), policy: limited);
        Judge.Refuses(Riff([Canvas(flags: Animated), Animation, .. frames]), Reasons.ExpandsTooMuch, limited);
        Judge.Refuses(Riff([Canvas(flags: Animated), Animation, .. Enumerable.Repeat(FrameOf(0, 0, 1, 1, Lossless(1, 1, 3)), 10_001)]), Reasons.ExpandsTooMuch, Allowed);
    }

    [Fact]
    public void Unknown_chunks_have_64_KB_in_all_and_descriptions_2_MB_each()
    {
        var half = Chunk("mine", new byte[32 * 1024]);

        Judge.Accepts(Riff(Canvas(), half, Lossy(), half), policy: Allowed);
        Judge.Refuses(Riff(Canvas(), half, Lossy(), half, Chunk("more", [1])), Reasons.EmbeddedFile, Allowed);
        Judge.Accepts(Riff(Canvas(flags: FlagOf(Chunk("ICCP", []))), Chunk("ICCP", new byte[2 * 1024 * 1024]), Lossy()), policy: Allowed);
        Judge.Refuses(Riff(Canvas(), Chunk("ICCP", new byte[(2 * 1024 * 1024) + 1]), Lossy()), Reasons.EmbeddedFile, Allowed);
    }

    [Fact]
    public void Scripts_in_descriptions_are_refused()
    {
        byte[] exif = [.. "II*\0\x08\0\0\0\x01\0\x0E\x01\x02\0\x08\0\0\0\x1A\0\0\0\0\0\0\0<?= 1 ?>"u8];
        byte[][] scripts =
        [
            Chunk("EXIF", exif), Chunk("EXIF", [.. "Exif\0\0"u8, .. exif]), Chunk("XMP ", "<x:xmpmeta xmlns:x='adobe:ns:meta/' x:a='&lt;script&gt;'/>"u8), Chunk("ICCP", "<?php 1"u8), Chunk("mine", "<script>"u8),
        ];

        Assert.All(scripts, chunk => Judge.Refuses(Riff(Canvas(), chunk, Lossy()), Reasons.ScriptInMetadata, Allowed));
    }
}
