using Gatehouse.Inspection.Tests.Jpeg;
using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Png;

namespace Gatehouse.Inspection.Tests.Frame;

public sealed class FileInspectionTests
{
    private static readonly byte[] Png = new PngBuilder().Build();

    [Fact]
    public void An_empty_file_is_refused_as_empty()
    {
        Assert.Equal(RefusalCode.FileEmpty, Judge.Refuses([], Reasons.Empty).Code);
    }

    [Fact]
    public void A_type_that_policy_does_not_allow_is_refused_at_its_first_bytes_with_what_to_do()
    {
        using var inspection = new Inspector(new InspectionPolicy { AllowedTypes = ["image/jpeg"] }).Begin("a.png");

        var refusal = inspection.Write(Png.AsSpan(0, 8));

        Assert.NotNull(refusal);
        Assert.Equal(RefusalCode.TypeNotAllowed, refusal.Code);
        Assert.Equal("image/png", refusal.Mime);
        Assert.Contains("Send it as JPEG", refusal.Sentence, StringComparison.Ordinal);
        Assert.Same(refusal, inspection.Write([1, 2, 3]));
        Assert.Same(refusal, inspection.Complete(new MemoryFile(Png), CancellationToken.None));
    }

    [Fact]
    public void What_is_of_no_known_type_is_refused_after_64_KB_at_the_latest()
    {
        using var inspection = new Inspector(new InspectionPolicy()).Begin(filename: null);
        var unknown = new byte[Inspector.PrefixLength];
        unknown.AsSpan().Fill(0x01);
        Verdict.Refuse? refusal = null;

        for (var at = 0; at < unknown.Length && refusal is null; at += 1024)
            refusal = inspection.Write(unknown.AsSpan(at, 1024));

        Assert.Equal(RefusalCode.TypeNotAllowed, refusal?.Code);
    }

    [Fact]
    public void A_named_type_is_refused_with_its_own_sentence()
    {
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

        var refusal = Judge.Refuses(gif, reason: null);

        Assert.Equal(RefusalCode.TypeNotAllowed, refusal.Code);
        Assert.Equal("image/gif", refusal.DetectedMime);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("A.PNG")]
    [InlineData("noextension")]
    [InlineData(null)]
    public void A_name_that_agrees_or_has_no_extension_is_not_flagged(string? filename) => Assert.Empty(Judge.Accepts(Png, filename).Flags);

    [Fact]
    public void A_name_that_disagrees_is_flagged_or_refused_as_policy_says()
    {
        Assert.Equal([Reasons.ExtensionMismatch], Judge.Accepts(Png, "a.jpg").Flags);
        Assert.Equal([Reasons.ExtensionMismatch], Judge.Accepts(new JpegBuilder().Build(), "photo.png").Flags);
        var refusal = Assert.IsType<Verdict.Refuse>(Judge.Whole(Png, "a.jpg", new InspectionPolicy { FlagOnly = [] }));
        Assert.Equal((RefusalCode.ContentUnsafe, Reasons.ExtensionMismatch), (refusal.Code, refusal.Reason));
    }

    [Fact]
    public void The_type_is_known_with_the_first_bytes_and_not_before()
    {
        using var inspection = new Inspector(new InspectionPolicy { AllowedTypes = ["image/jpeg"] }).Begin(filename: null);

        Assert.Null(inspection.Write(Png.AsSpan(0, 3)));
        Assert.Equal("image/png", inspection.Write(Png.AsSpan(3, 1))?.Mime);
    }
}
