using System.Diagnostics;
using System.Globalization;
using Gatehouse.Inspection.Tests.Fuzzing;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>The fuzzer of the tests, for as many inputs as one has time for: per format how far the mutants came, and every finding.</summary>
internal static class FuzzRun
{
    private const int Findings = 20;

    public static void Run(string[] options)
    {
        var inputs = Option(options, "--inputs", 10_000_000) / FuzzFormats.All.Count;
        var (seed, open) = (Option(options, "--seed", 1), Option(options, "--open", 0));
        var folder = Array.IndexOf(options, "--keep") is var at and >= 0 && at + 1 < options.Length ? Directory.CreateDirectory(options[at + 1]).FullName : null;
        foreach (var format in FuzzFormats.All)
        {
            var reader = IndependentReader.Of(format.Mime);
            var opened = 0;
            var fuzzer = new Fuzzer(format, seed);
            var start = Stopwatch.GetTimestamp();
            fuzzer.Run(0, inputs, (number, file) =>
            {
                if (reader is not null && Interlocked.Increment(ref opened) <= open && reader.Complains(file) is { } complaint)
                {
                    fuzzer.Count.Find($"seed {seed} input {number}: accepted, but {complaint}");
                    if (folder is not null)
                        File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{seed}-{number}.{Path.GetFileName(format.Mime)}")), file);
                }
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fuzzer.Count}, {Math.Min(opened, open)} opened, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
            foreach (var finding in fuzzer.Count.Findings.Take(Findings))
                Console.WriteLine($"  {finding}");
        }
    }

    private static int Option(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is var at and >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
