namespace Gatehouse.Inspection.Tests.Corpus;

/// <summary>Files whose label says only what their name does, and what the rules make of them; each was looked at.</summary>
internal static class CorpusRules
{
    /// <summary>Labelled acceptable by type, but refused by rule.</summary>
    public static IReadOnlyDictionary<string, (string? Reason, string Why)> Refused { get; } = new Dictionary<string, (string?, string)>(StringComparer.Ordinal)
    {
        ["clean/2cce43b1-testPDF_jsActionOnPage.pdf"] = (Reasons.ActiveContent, "a page's /AA runs JavaScript"),
        ["clean/b6a6c30d-testPDF_XFA_govdocs1_258578.pdf"] = (Reasons.ActiveContent, "JavaScript actions in an XFA form"),
        ["clean/5a72046d-testPDF_multiFormatEmbFiles.pdf"] = (Reasons.EmbeddedFile, "an attachment without /AFRelationship"),
        ["clean/7b6675ce-testPDF_deeplyEmbeddedAttachments.pdf"] = (Reasons.EmbeddedFile, "twenty PDFs attached"),
        ["clean/9825311c-testPDFFileEmbInAnnotation.pdf"] = (Reasons.EmbeddedFile, "a FileAttachment annotation"),
        ["clean/d2ff3a8c-testMicrosoftIRMServices.pdf"] = (Reasons.EmbeddedFile, "the cover of a rights-managed PDF, which is attached; /AFRelationship, but no XML"),
        ["clean/4b610447-cgbi.png"] = (Reasons.BadStructure, "Apple's CgBI variant, which no PNG reader shows"),
        ["clean/f50a8543-testAppleSingleFile.pdf"] = (null, "AppleSingle: a PDF wrapped by a Mac, with no %PDF- at its start"),
    };

    /// <summary>Labelled another type or odd by name, but honest by content.</summary>
    public static IReadOnlyDictionary<string, string> Accepted { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["clean/4b7cbd32-testODTnotaZipFile.odt"] = "one line of prose named .odt: plain text, flagged extension-mismatch, delivered as .txt",
        ["odd/ff4f3a11-testPDF_protected.pdf"] = "restricted by permissions only: opens with the empty password, so it is decrypted and judged",
    };
}
