using System.Buffers.Binary;
using System.Globalization;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Jpeg;

public sealed class JpegTailTests
{
    private static readonly JpegBuilder Small = new();
    private static readonly byte[] Video = [.. Box("ftyp", "isom\0\0\0\0"u8), .. Box("moov", new byte[40]), .. Box("mdat", new byte[3000])];

    [Fact]
    public void Zeros_to_64_KB_pass_and_one_more_does_not()
    {
        Judge.Accepts((Small with { Tail = new byte[64 * 1024] }).Build());
        Judge.Refuses((Small with { Tail = new byte[(64 * 1024) + 1] }).Build(), Reasons.TrailingData);
    }

    [Fact]
    public void Anything_else_is_refused_where_it_begins()
    {
        var picture = Small.Build();

        Assert.Equal(picture.Length + 5, Judge.Refuses([.. picture, 0, 0, 0, 0, 0, .. "<?php"u8], Reasons.TrailingData).Offset);
        Judge.Refuses([.. picture, .. picture], Reasons.TrailingData);
        Judge.Refuses([.. picture, .. Video], Reasons.TrailingData);
    }

    [Fact]
    public void A_motion_photo_passes_when_its_video_is_as_long_as_declared_and_its_boxes_add_up()
    {
        Judge.Accepts(Motion(Video, Video.Length));
        Judge.Accepts((Small with { Segments = [JpegBuilder.Xmp($"GCamera:MicroVideoOffset='{Video.Length}'")], Tail = Video }).Build());

        byte[] withoutMovie = [.. Video[..16], .. Box("mdat", new byte[3000])];
        Judge.Refuses(Motion(withoutMovie, withoutMovie.Length), Reasons.TrailingData);
        Judge.Refuses(Motion(Video, Video.Length - 1), Reasons.TrailingData);
        Judge.Refuses(Motion(Video[..^1], Video.Length - 1), Reasons.TrailingData);
        Judge.Refuses(Motion([.. Video, 1, 2, 3], Video.Length + 3), Reasons.TrailingData);
        Judge.Refuses(Motion([.. Video, .. Box("evil", [1])], Video.Length + 9), Reasons.TrailingData);
    }

    [Fact]
    public void Zeros_where_a_video_was_pass_too() => Judge.Accepts(Motion(new byte[100], 50));

    [Fact]
    public void The_sender_is_told_how_much_stands_behind_the_end()
    {
        Assert.Contains("a byte of other data", Judge.Refuses((Small with { Tail = [0xFF] }).Build(), Reasons.TrailingData).Sentence, StringComparison.Ordinal);
        Assert.Contains("40 bytes of other data", Judge.Refuses((Small with { Tail = [.. new byte[5], .. Enumerable.Repeat((byte)'x', 40)] }).Build(), Reasons.TrailingData).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_motion_photo_whose_length_stands_in_elements_or_behind_zeros_passes()
    {
        var length = Video.Length.ToString(CultureInfo.InvariantCulture);
        string[] lengths =
        [
            $"<GCamera:MicroVideoOffset>{length}</GCamera:MicroVideoOffset>",
            $"<rdf:Seq><rdf:li><Container:Item><Item:Length>0</Item:Length><Item:Semantic>Primary</Item:Semantic></Container:Item></rdf:li><rdf:li><Container:Item><Item:Length>{length}</Item:Length><Item:Semantic>MotionPhoto</Item:Semantic></Container:Item></rdf:li></rdf:Seq>",
        ];

        Assert.All(lengths, text => Judge.Accepts((Small with { Segments = [JpegBuilder.Xmp("", text)], Tail = Video }).Build()));
        Judge.Accepts((Small with { Segments = [JpegBuilder.Xmp("", lengths[0])], Tail = [.. new byte[40], .. Video] }).Build());
        Judge.Refuses((Small with { Segments = [JpegBuilder.Xmp("", lengths[0])], Tail = [1, .. Video] }).Build(), Reasons.TrailingData);
        Judge.Refuses((Small with { Segments = [JpegBuilder.Xmp("", $"<a>{length}</a>")], Tail = Video }).Build(), Reasons.TrailingData);
    }

    [Fact]
    public void A_second_picture_is_judged_like_the_first_to_its_end()
    {
        byte[] caption = [0x1C, 2, 120, 0, 200, .. Enumerable.Repeat((byte)'x', 190), .. "<svg "u8, .. "yyyyy"u8];
        byte[] resource = [.. "8BIM\x04\x04\0\0"u8, .. Word(caption.Length, isBigEndian: true), .. caption, 0];
        byte[] xml = [.. "<r><t>&lt;script&gt;alert(1)</t></r>"u8];
        byte[] extended = JpegBuilder.App(1, [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[32], .. Word(xml.Length, isBigEndian: true), .. Word(0), .. xml]);
        byte[] Second(params byte[][] segments) => (Small with { Segments = segments }).Build();
        void Refuses(byte[] second) => Judge.Refuses(MultiPicture(second, second.Length), Reasons.ScriptInMetadata);

        Refuses(Second(extended));
        Refuses(Second(JpegBuilder.App(13, [.. "Photoshop 3.0\0"u8, .. resource[..100]]), JpegBuilder.App(13, [.. "Photoshop 3.0\0"u8, .. resource[100..]])));
    }

    [Fact]
    public void A_tag_that_a_comment_of_the_first_picture_opens_and_one_of_the_second_ends_is_one()
    {
        var second = (Small with { Segments = [JpegBuilder.Comment("\" onerror=alert(1)>"u8)] }).Build();

        Judge.Accepts(MultiPicture(second, second.Length));
        Judge.Refuses(MultiPicture(second, second.Length, JpegBuilder.Comment("<img title=\""u8)), Reasons.ScriptInMetadata);
    }

    [Fact]
    public void A_second_picture_passes_at_its_declared_place_and_size()
    {
        var second = Small.Build();

        Judge.Accepts(MultiPicture(second, second.Length));
        Judge.Accepts(MultiPicture([.. second, 0, 0], second.Length + 2));
        Judge.Refuses(MultiPicture([.. second, 7, 7], second.Length + 2), Reasons.TrailingData);
        Judge.Refuses(MultiPicture(second, second.Length - 1), Reasons.Truncated);
        Judge.Refuses(MultiPicture(second, second.Length + 1), Reasons.Truncated);
        Judge.Refuses(MultiPicture([0xFF, 0xD8, 0xFF, .. "<html>"u8], 9), Reasons.BadStructure);
    }

    [Fact]
    public void Samsungs_data_passes_when_blocks_and_directory_fill_the_tail()
    {
        byte[] block = [0, 0, 1, 0x0A, 4, 0, 0, 0, .. "Name"u8, .. "1234"u8];

        Judge.Accepts((Small with { Tail = Samsung(block, block.Length, block.Length) }).Build());
        Judge.Refuses((Small with { Tail = Samsung(block, block.Length, block.Length - 1) }).Build(), Reasons.TrailingData);
        Judge.Refuses((Small with { Tail = [1, .. Samsung(block, block.Length, block.Length)] }).Build(), Reasons.TrailingData);
        Judge.Refuses((Small with { Tail = Samsung([.. "<script>"u8, .. block], block.Length + 8, block.Length + 8) }).Build(), Reasons.ScriptInMetadata);
    }

    private static byte[] Motion(byte[] video, int declared) =>
        (Small with { Segments = [JpegBuilder.Xmp("", $"<Container:Item Item:Semantic='MotionPhoto' Item:Length='{declared.ToString(CultureInfo.InvariantCulture)}'/>")], Tail = video }).Build();

    private static byte[] Box(string type, ReadOnlySpan<byte> content) =>
        [.. Word(content.Length + 8, isBigEndian: true), .. System.Text.Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] Samsung(byte[] block, int distance, int length)
    {
        byte[] directory = [.. "SEFH"u8, .. Word(107), .. Word(1), 0, 0, 1, 0x0A, .. Word(distance), .. Word(length)];
        return [.. block, .. directory, .. Word(directory.Length), .. "SEFT"u8];
    }

    /// <summary>The index's offsets count from its own header, so the first picture is built twice: once to learn its length.</summary>
    private static byte[] MultiPicture(byte[] second, int declaredSize, params byte[][] segments)
    {
        var first = (Small with { Segments = [Index(0, declaredSize), .. segments] }).Build();
        const int HeaderOffset = 2 + 4 + 4;
        return [.. (Small with { Segments = [Index(first.Length - HeaderOffset, declaredSize), .. segments] }).Build(), .. second];
    }

    private static byte[] Index(int offset, int size)
    {
        byte[] entries = [.. Word(0), .. Word(100), .. Word(0), .. Word(0), .. Word(0), .. Word(size), .. Word(offset), .. Word(0)];
        return JpegBuilder.App(2, [.. "MPF\0II*\0"u8, .. Word(8), 1, 0, 0x02, 0xB0, 7, 0, .. Word(entries.Length), .. Word(26), .. Word(0), .. entries]);
    }

    private static byte[] Word(int value, bool isBigEndian = false)
    {
        var bytes = new byte[4];
        if (isBigEndian)
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
