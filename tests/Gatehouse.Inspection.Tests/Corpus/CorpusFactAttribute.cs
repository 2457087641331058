namespace Gatehouse.Inspection.Tests.Corpus;

/// <summary>A fact about the corpus of real and hostile files that is kept beside the repository; skipped where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute()
    {
        if (CorpusFile.Folder is null)
            Skip = "The corpus is not beside the repository (shared/corpus/manifest.tsv).";
    }
}
