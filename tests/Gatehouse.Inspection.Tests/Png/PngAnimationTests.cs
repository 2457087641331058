using Gatehouse.Inspection.Tests.Compression;
using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Png;

public sealed class PngAnimationTests
{
    private static readonly PngBuilder Canvas = new() { Width = 6, Height = 5 };

    [Fact]
    public void An_animation_is_accepted_however_it_is_cut()
    {
        var png = Animated(frames: 2, Control(0, 6, 5), [Control(1, 3, 2), Data(2, 3, 2)]);

        Judge.Accepts(png);
        Assert.IsType<Verdict.Accept>(Judge.InPieces(png, [1]));
    }

    [Fact]
    public void Frames_that_are_wrong_are_refused()
    {
        byte[][] wrong =
        [
            Animated(frames: 3, Control(0, 6, 5), [Control(1, 3, 2), Data(2, 3, 2)]),
            Animated(frames: 1, Control(0, 6, 5), [Control(1, 3, 2), Data(2, 3, 2)]),
            Animated(frames: 2, Control(0, 6, 5), [Control(2, 3, 2), Data(3, 3, 2)]),
            Animated(frames: 2, Control(0, 6, 5), [Control(1, 3, 2), Data(3, 3, 2)]),
            Animated(frames: 2, Control(0, 6, 5), [Control(1, 7, 2), Data(2, 7, 2)]),
            Animated(frames: 2, Control(0, 6, 5), [Control(1, 3, 2), Data(2, 3, 1)]),
            Animated(frames: 2, Control(0, 6, 5), [Control(1, 3, 2), Data(2, 3, 3)]),
            Animated(frames: 2, Control(0, 6, 5), [Control(1, 3, 2)]),
        ];

        Assert.All(wrong, png => Judge.Refuses(png, Reasons.BadStructure));
    }

    [Fact]
    public void Frames_may_not_add_up_to_more_pixels_than_ten_pictures()
    {
        var policy = new InspectionPolicy { MaxPixels = 30 };
        var grey = Canvas with { Colour = 0 };
        var frames = Frames(grey, 10);

        Judge.Accepts(Animated(10, Control(0, 6, 5), frames[..18], grey), policy: policy);
        Judge.Refuses(Animated(11, Control(0, 6, 5), frames, grey), Reasons.ExpandsTooMuch, policy);
    }

    [Fact]
    public void Frames_may_not_inflate_to_more_than_16_bytes_for_each_pixel_of_a_picture()
    {
        var policy = new InspectionPolicy { MaxPixels = 30 };
        var deep = Canvas with { Colour = 6, Depth = 16 };
        var frames = Frames(deep, 2);

        Judge.Accepts(Animated(2, Control(0, 6, 5), frames[..2], deep), policy: policy);
        Judge.Refuses(Animated(3, Control(0, 6, 5), frames, deep), Reasons.ExpandsTooMuch, policy);
    }

    [Fact]
    public void A_picture_that_is_no_frame_counts_with_them()
    {
        var policy = new InspectionPolicy { MaxPixels = 30 };
        var deep = Canvas with { Colour = 6, Depth = 16 };
        byte[][] frames = [Control(0, 6, 5), Data(1, 6, 5, deep), Control(2, 6, 5), Data(3, 6, 5, deep)];

        Judge.Accepts(Animated(1, [], frames[..2], deep), policy: policy);
        Judge.Refuses(Animated(2, [], frames, deep), Reasons.ExpandsTooMuch, policy);
    }

    private static byte[][] Frames(PngBuilder canvas, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => new[] { Control(1 + (2 * i), 6, 5), Data(2 + (2 * i), 6, 5, canvas) })];

    private static byte[] Animated(uint frames, byte[] first, byte[][] rest, PngBuilder? canvas = null) =>
        ((canvas ?? Canvas) with { Before = [PngBuilder.Chunk("acTL", [.. Deflated.BigEndian(frames), 0, 0, 0, 0]), first], After = rest }).Build();

    private static byte[] Control(int sequence, int width, int height) =>
        PngBuilder.Chunk("fcTL", [.. Word(sequence), .. Word(width), .. Word(height), .. new byte[14]]);

    private static byte[] Data(int sequence, int width, int height, PngBuilder? canvas = null) =>
        PngBuilder.Chunk("fdAT", [.. Word(sequence), .. Deflated.Zlib(((canvas ?? Canvas) with { Width = width, Height = height }).Rows(), DeflateKind.Dynamic)]);

    private static byte[] Word(int value) => Deflated.BigEndian((uint)value);
}
