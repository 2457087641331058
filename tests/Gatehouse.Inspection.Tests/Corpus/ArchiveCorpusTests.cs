using Gatehouse.Inspection.Tests.Judging;
using Gatehouse.Inspection.Tests.Zip;

namespace Gatehouse.Inspection.Tests.Corpus;

public sealed class ArchiveCorpusTests
{
    private static readonly string[] Types = [Archives.Docx, Archives.Xlsx, Archives.Pptx];

    /// <summary>Documents with objects, with links that act, or damaged, and why each is refused; null: it is another type than its name says.</summary>
    private static readonly Dictionary<string, string?> RefusedByRule = new(StringComparer.Ordinal)
    {
        ["clean/0bbd355e-testWORD_embeded.docx"] = Reasons.EmbeddedFile,
        ["clean/250e1bfa-testPPT_embedded_two_slides.pptx"] = Reasons.EmbeddedFile,
        ["clean/2adbe75a-2exe.docx"] = Reasons.EmbeddedFile,
        ["clean/4565fda2-testAttachedTemplate.docx"] = Reasons.ActiveContent,
        ["clean/45d84c0c-EmbeddedOutlook.docx"] = Reasons.EmbeddedFile,
        ["clean/4e69425b-testAltChunkHTML.docx"] = Reasons.EmbeddedFile,
        ["clean/4eef2f71-testMSChart-govdocs-428996.pptx"] = Reasons.EmbeddedFile,
        ["clean/5e127820-testExcel_embeddedPDF.xlsx"] = Reasons.EmbeddedFile,
        ["clean/69e0e99d-testEXCEL_embeddedPDF_windows.xlsx"] = Reasons.EmbeddedFile,
        ["clean/6b71dc4a-testPPT_embeded.pptx"] = Reasons.EmbeddedFile,
        ["clean/7447372c-testExternalRefs.docx"] = Reasons.ActiveContent,
        ["clean/8af67906-testWORD_embedded_pdf.docx"] = Reasons.EmbeddedFile,
        ["clean/908d3fdd-testPDFEmbeddingAndEmbedded.docx"] = Reasons.EmbeddedFile,
        ["clean/9f079067-testPPT_oleWorkbook.pptx"] = Reasons.EmbeddedFile,
        ["clean/a27f2b92-testWORD_2006ml.docx"] = Reasons.EmbeddedFile,
        ["clean/a76c4795-testDataConnections.xlsx"] = Reasons.ActiveContent,
        ["clean/d5c60722-testFrameset.docx"] = Reasons.ActiveContent,
        ["clean/e1669cb8-testAltChunkMHT.docx"] = Reasons.EmbeddedFile,
        ["clean/e388dda2-testMailMerge.docx"] = Reasons.ActiveContent,
        ["clean/f39a3ab2-EmbeddedPDF.docx"] = Reasons.EmbeddedFile,
        ["clean/f3ff5903-test_recursive_embedded_npe.docx"] = Reasons.EmbeddedFile,
        ["adv/d99e0a69-docx-ct-last.docx"] = Reasons.BadStructure,
        ["odd/8bb91125-testWORD_truncated.docx"] = Reasons.Truncated,
        ["odd/09b941ca-testWORD_protected_passtika.docx"] = null,
        ["odd/254d301a-protected_normal_case.docx"] = null,
        ["odd/e5871389-testEXCEL_protected_passtika.xlsx"] = null,
    };

    [CorpusFact]
    public void Every_honest_document_is_accepted_as_what_it_is_where_policy_allows_it()
    {
        var honest = CorpusFile.All().Where(f => Types.Contains(f.ExpectedMime) && !RefusedByRule.ContainsKey(f.Path)).ToList();
        var refused = honest.Where(f => !IsAcceptedAsLabelled(f)).Select(f => $"{f.Path}: {Judged(f)}");

        Assert.True(honest.Count >= 40);
        Assert.Empty(refused);
    }

    [CorpusFact]
    public void Documents_with_objects_or_links_that_act_are_refused_for_them()
    {
        foreach (var file in CorpusFile.All().Where(f => RefusedByRule.ContainsKey(f.Path)))
            Archives.Refuses(file.Bytes, RefusedByRule[file.Path]);
    }

    [CorpusFact]
    public void Files_with_macros_are_named_as_such()
    {
        var macros = CorpusFile.All().Where(f => f.ExpectedMime.Contains("macroEnabled", StringComparison.Ordinal)).ToList();
        Assert.True(macros.Count >= 4);
        Assert.All(macros, f => Assert.Equal(f.ExpectedMime, Archives.Refuses(f.Bytes, Reasons.Macro).Mime));
    }

    [CorpusFact]
    public void No_other_type_and_nothing_hostile_is_accepted_as_an_archive_or_document()
    {
        var accepted = CorpusFile.All().Where(f => Judged(f) is Verdict.Accept accept && !string.Equals(accept.Mime, f.ExpectedMime, StringComparison.Ordinal)
            && (Types.Contains(accept.Mime) || string.Equals(accept.Mime, Archives.Zip, StringComparison.Ordinal)));
        var hostile = CorpusFile.All().Where(f => f.Path.StartsWith("adv/", StringComparison.Ordinal) || f.Path.StartsWith("poly/", StringComparison.Ordinal))
            .Where(f => Judged(f) is Verdict.Accept { Mime: Archives.Zip or Archives.Docx or Archives.Xlsx or Archives.Pptx });

        Assert.Empty(accepted.Concat(hostile).Select(f => $"{f.Path} {f.ExpectedMime}"));
    }

    private static Verdict Judged(CorpusFile file) => Judge.Whole(file.Bytes, policy: Archives.Allowed);

    private static bool IsAcceptedAsLabelled(CorpusFile file) =>
        Judged(file) is Verdict.Accept accepted && string.Equals(accepted.Mime, file.ExpectedMime, StringComparison.Ordinal);
}
