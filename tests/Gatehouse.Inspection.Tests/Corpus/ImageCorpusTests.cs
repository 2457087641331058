using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Corpus;

public sealed class ImageCorpusTests
{
    [CorpusFact]
    public void Every_honest_picture_is_accepted_as_what_it_is_but_for_Apples_own_format()
    {
        var pictures = CorpusFile.All().Where(f => f.Policy is "accept" && f.ExpectedMime is "image/png" or "image/jpeg").ToList();
        Assert.True(pictures.Count > 50);

        var refused = pictures.Where(f => f.Policy is "accept").Select(f => (f, Verdict: Judge.Whole(f.Bytes))).Where(r => r.Verdict is not Verdict.Accept accept || !string.Equals(accept.Mime, r.f.ExpectedMime, StringComparison.Ordinal));

        var apple = Assert.Single(refused.Select(r => r.Verdict is Verdict.Refuse { Reason: Reasons.BadStructure } no && no.Sentence.Contains("CgBI", StringComparison.Ordinal) ? "CgBI" : $"{r.f.Path}: {r.Verdict}"));
        Assert.Equal("CgBI", apple);
    }

    [CorpusFact]
    public void No_hostile_picture_and_no_polyglot_is_accepted()
    {
        var hostile = CorpusFile.All().Where(f => f.Policy is "reject" && f.ExpectedMime is "image/png" or "image/jpeg" or "polyglot").ToList();
        Assert.True(hostile.Count > 30);

        Assert.Empty(hostile.Where(f => f.Policy is "reject" && Judge.Whole(f.Bytes) is Verdict.Accept).Select(f => f.Path));
    }

    [CorpusFact]
    public void Nothing_that_is_another_type_is_accepted_as_a_picture()
    {
        var others = CorpusFile.All().Where(f => f.ExpectedMime is not ("image/png" or "image/jpeg")).ToList();
        Assert.True(others.Count > 100);

        Assert.Empty(others.Where(f => Judge.Whole(f.Bytes) is Verdict.Accept { Mime: "image/png" or "image/jpeg" }).Select(f => $"{f.Path} {f.ExpectedMime}"));
    }
}
