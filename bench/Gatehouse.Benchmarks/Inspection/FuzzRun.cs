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
        var inputs = Number(options, "--inputs", 10_000_000) / FuzzFormats.All.Count;
        var (seed, open, only) = (Number(options, "--seed", 1), Number(options, "--open", 0), Word(options, "--only"));
        var folder = Word(options, "--keep") is { } name ? Directory.CreateDirectory(name).FullName : null;
        foreach (var format in FuzzFormats.All.Where(f => only is null || string.Equals(f.Mime, only, StringComparison.Ordinal)))
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

    private static int Number(string[] options, string name, int otherwise) => Word(options, name) is { } word ? int.Parse(word, CultureInfo.InvariantCulture) : otherwise;

    private static string? Word(string[] options, string name) => Array.IndexOf(options, name) is var at and >= 0 && at + 1 < options.Length ? options[at + 1] : null;
}
