using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Corpus;

public sealed class MediaCorpusTests
{
    private static readonly InspectionPolicy MediaOnly = new() { AllowedTypes = ["image/gif", "image/webp", "image/heic", "image/heif", "video/mp4"] };

    /// <summary>Sound alone; a picture with data behind its end; one that no program opens, 16 zeros without what a decoder needs.</summary>
    private static readonly HashSet<string> RefusedByRule = new(StringComparer.Ordinal)
    {
        "clean/81041ef5-testMP4AudioOnly.mp4", "odd/f143aa7a-garbage_at_end.gif", "clean/2aa7014b-testHEIC_livePhoto.heic",
    };

    [CorpusFact]
    public void Every_honest_picture_is_accepted_as_what_it_is_where_its_type_is_allowed()
    {
        var honest = CorpusFile.All().Where(f => MediaOnly.AllowedTypes.Contains(f.ExpectedMime, StringComparer.Ordinal) && !RefusedByRule.Contains(f.Path)).ToList();
        Assert.True(honest.Count > 15);

        Assert.All(honest, file => Assert.Equal(file.ExpectedMime, Judge.Accepts(file.Bytes, policy: MediaOnly).Mime));
    }

    [CorpusFact]
    public void Nothing_that_is_another_type_and_no_polyglot_is_accepted()
    {
        var others = CorpusFile.All().Where(f => RefusedByRule.Contains(f.Path) || !MediaOnly.AllowedTypes.Contains(f.ExpectedMime, StringComparer.Ordinal)).ToList();
        Assert.True(others.Count > 500);

        Assert.Empty(others.Where(f => Judge.Whole(f.Bytes, policy: MediaOnly) is Verdict.Accept).Select(f => f.Path));
    }
}
