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
    public void A_videos_length_may_be_told_in_elements_as_editors_of_descriptions_write_it()
    {
        var length = Video.Length.ToString(CultureInfo.InvariantCulture);
        string[] descriptions =
        [
            $"<GCamera:MicroVideo>1</GCamera:MicroVideo><GCamera:MicroVideoOffset>{length}</GCamera:MicroVideoOffset>",
            $"<Container:Item><Item:Semantic>MotionPhoto</Item:Semantic><Item:Length>{length}</Item:Length></Container:Item>",
            $"<Container:Item><Item:Length> {length} </Item:Length><Item:Mime/><Item:Semantic>MotionPhoto</Item:Semantic></Container:Item>",
            $"<Container:Item Item:Semantic='MotionPhoto'><Item:Length>{length}</Item:Length></Container:Item>",
            $"<Container:Item><Item:Semantic>Primary</Item:Semantic><Item:Length>7</Item:Length></Container:Item><Container:Item><Item:Semantic>MotionPhoto</Item:Semantic><Item:Length>{length}</Item:Length></Container:Item>",
        ];
        var anothers = $"<Container:Item><Item:Semantic>MotionPhoto</Item:Semantic></Container:Item><Container:Item><Item:Length>{length}</Item:Length></Container:Item>";

        Assert.All(descriptions, text => Judge.Accepts(Described(text, Video)));
        Judge.Refuses(Described(anothers, Video), Reasons.TrailingData);
    }

    [Fact]
    public void Zeros_before_a_video_are_padding_up_to_its_declared_place()
    {
        Judge.Accepts(Motion([.. new byte[8], .. Video], Video.Length));
        Judge.Accepts(Motion([.. new byte[64 * 1024], .. Video], Video.Length));
        Judge.Refuses(Motion([.. new byte[(64 * 1024) + 1], .. Video], Video.Length), Reasons.TrailingData);
        Judge.Refuses(Motion([.. new byte[8], .. Video], Video.Length - 1), Reasons.TrailingData);
        Judge.Refuses(Motion([.. new byte[8], .. Video], Video.Length + 1), Reasons.TrailingData);
        Judge.Accepts(Motion(new byte[100], 50));
    }

    [Fact]
    public void The_sender_is_told_how_much_stands_behind_the_end()
    {
        Assert.Contains("a byte of other data", Judge.Refuses((Small with { Tail = [0xFF] }).Build(), Reasons.TrailingData).Sentence, StringComparison.Ordinal);
        Assert.Contains("40 bytes of other data", Judge.Refuses((Small with { Tail = [.. new byte[5], .. Enumerable.Repeat((byte)'x', 40)] }).Build(), Reasons.TrailingData).Sentence, StringComparison.Ordinal);
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

    private static byte[] Described(string text, byte[] video) => (Small with { Segments = [JpegBuilder.Xmp("", text)], Tail = video }).Build();

    private static byte[] Box(string type, ReadOnlySpan<byte> content) =>
        [.. Word(content.Length + 8, isBigEndian: true), .. System.Text.Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] Samsung(byte[] block, int distance, int length)
    {
        byte[] directory = [.. "SEFH"u8, .. Word(107), .. Word(1), 0, 0, 1, 0x0A, .. Word(distance), .. Word(length)];
        return [.. block, .. directory, .. Word(directory.Length), .. "SEFT"u8];
    }

    /// <summary>The index's offsets count from its own header, so the first picture is built twice: once to learn its length.</summary>
    private static byte[] MultiPicture(byte[] second, int declaredSize)
    {
        var first = (Small with { Segments = [Index(0, declaredSize)] }).Build();
        const int HeaderOffset = 2 + 4 + 4;
        return [.. (Small with { Segments = [Index(first.Length - HeaderOffset, declaredSize)] }).Build(), .. second];
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
