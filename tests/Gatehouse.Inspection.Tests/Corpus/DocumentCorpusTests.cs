using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Corpus;

public sealed class DocumentCorpusTests
{
    [CorpusFact]
    public void At_least_99_in_100_honest_documents_are_accepted()
    {
        var honest = CorpusFile.All().Where(f => f is { Policy: "accept", ExpectedMime: "text/plain" or "application/pdf" } && !CorpusRules.Refused.ContainsKey(f.Path)).ToList();
        var refused = honest.Where(f => !IsAcceptedAsLabelled(f)).Select(f => f.Path).ToList();
        Assert.True(honest.Count >= 90 && refused.Count * 100 <= honest.Count, string.Join('\n', refused));
    }

    [CorpusFact]
    public void Documents_with_scripts_or_attachments_are_refused_for_them()
    {
        foreach (var file in CorpusFile.All().Where(f => CorpusRules.Refused.ContainsKey(f.Path)))
            Judge.Refuses(file.Bytes, CorpusRules.Refused[file.Path].Reason);
    }

    [CorpusFact]
    public void Nothing_hostile_and_no_other_type_is_let_in()
    {
        var rejects = CorpusFile.All().Where(f => f.Policy is "reject" && !CorpusRules.Accepted.ContainsKey(f.Path)).ToList();
        var letIn = rejects.Where(f => Judge.Whole(f.Bytes) is Verdict.Accept).Select(f => f.Path).ToList();
        Assert.True(rejects.Count > 400 && letIn.Count == 0, string.Join('\n', letIn));
    }

    private static bool IsAcceptedAsLabelled(CorpusFile file) =>
        Judge.Whole(file.Bytes) is Verdict.Accept accepted && string.Equals(accepted.Mime, file.ExpectedMime, StringComparison.Ordinal);
}
