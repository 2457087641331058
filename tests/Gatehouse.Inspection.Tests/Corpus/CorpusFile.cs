using System.Globalization;

namespace Gatehouse.Inspection.Tests.Corpus;

/// <summary>One row of the corpus's manifest.</summary>
/// <param name="Policy"><c>accept</c>, <c>neutral</c> or <c>reject</c> under the default allow-list.</param>
internal sealed record CorpusFile(string Root, string Path, string Source, string ExpectedMime, string Policy, int Size)
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("GATEHOUSE_CORPUS") is { Length: > 0 } given ? given : FindFolder();

    public byte[] Bytes => File.ReadAllBytes(System.IO.Path.Combine(Root, Path));

    /// <summary>Made to test with, as opposed to collected.</summary>
    public bool IsHandMade => Source.StartsWith("generated", StringComparison.Ordinal);

    public static IReadOnlyList<CorpusFile> All() => All(Folder!);

    public static IReadOnlyList<CorpusFile> All(string folder) =>
        [.. File.ReadLines(System.IO.Path.Combine(folder, "manifest.tsv")).Skip(1).Select(line => line.Split('\t')).Select(fields => Read(folder, fields))];

    private static CorpusFile Read(string folder, string[] fields) =>
        new(folder, fields[0], fields[1], fields[2], fields[3], int.Parse(fields[5], CultureInfo.InvariantCulture));

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
