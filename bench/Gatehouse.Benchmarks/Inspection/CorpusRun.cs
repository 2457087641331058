using Gatehouse.Inspection.Tests.Corpus;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>What the inspection does on a folder of labelled files (manifest.tsv), as a table, and every miss.</summary>
internal static class CorpusRun
{
    public static void Print(string folder)
    {
        var report = CorpusReport.Run(folder);
        foreach (var line in report.Table())
            Console.WriteLine(line);
        Console.WriteLine();
        foreach (var miss in report.Misses)
            Console.WriteLine(miss);
    }
}
