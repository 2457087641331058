using System.Globalization;

namespace Gatehouse.Inspection.Tests.Corpus;

/// <summary>One row of the corpus's manifest.</summary>
/// <param name="Policy"><c>accept</c>, <c>neutral</c> or <c>reject</c> under the default allow-list.</param>
internal sealed record CorpusFile(string Path, string ExpectedMime, string Policy, int Size)
{
    public static string? Folder { get; } = FindFolder();

    public byte[] Bytes => File.ReadAllBytes(System.IO.Path.Combine(Folder!, Path));

    public static IReadOnlyList<CorpusFile> All() =>
        [.. File.ReadLines(System.IO.Path.Combine(Folder!, "manifest.tsv")).Skip(1).Select(line => line.Split('\t')).Select(Read)];

    private static CorpusFile Read(string[] fields) => new(fields[0], fields[2], fields[3], int.Parse(fields[5], CultureInfo.InvariantCulture));

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = System.IO.Path.Combine(folder.FullName, "shared", "corpus");
            if (File.Exists(System.IO.Path.Combine(corpus, "manifest.tsv")))
                return corpus;
        }

        return null;
    }
}
