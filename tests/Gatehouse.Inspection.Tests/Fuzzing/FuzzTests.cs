using Gatehouse.Inspection.Tests.Judging;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>The same fuzzer runs for millions of inputs in the benchmarks (<c>fuzz --inputs N --seed S</c>).</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_260;

    private const int Inputs = 200_000;

    /// <summary>A program is started for each.</summary>
    private const int Opened = 20;

    private const int Sampled = 1_000;

    public static TheoryData<string> Formats() => [.. FuzzFormats.All.Select(f => f.Mime)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutants_are_answered_without_an_exception_within_bounds_and_alike_however_they_are_cut(string mime)
    {
        var fuzzer = new Fuzzer(FuzzFormats.All.Single(f => string.Equals(f.Mime, mime, StringComparison.Ordinal)), Seed);

        fuzzer.Run(0, Inputs / FuzzFormats.All.Count);

        Assert.Empty(fuzzer.Count.Findings.Take(20));
        Assert.True(fuzzer.Count.PassedHeader >= 0.30, fuzzer.Count.ToString());
        Assert.True(fuzzer.Count.ReachedLastCheck >= 0.01, fuzzer.Count.ToString());
        Assert.True(fuzzer.Count.Accepted >= 0.01, fuzzer.Count.ToString());
        Assert.True(fuzzer.Count.Accepted < fuzzer.Count.ReachedLastCheck, fuzzer.Count.ToString());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_mutated_is_valid_differs_and_stays_valid_when_nothing_is_changed_but_repaired(string mime)
    {
        var format = FuzzFormats.All.Single(f => string.Equals(f.Mime, mime, StringComparison.Ordinal));
        var files = Enumerable.Range(0, 100).Select(seed => format.Make(new Random(seed))).ToList();

        Assert.All(files, file => Assert.Equal(mime, Judge.Accepts(file, policy: Judge.EveryType).Mime));
        Assert.All(files, file => Assert.Equal(mime, Judge.Accepts(format.Repair(format.Split(file)), policy: Judge.EveryType).Mime));
        Assert.All(files, file => Assert.Equal(file, format.Split(file).SelectMany(p => p)));
        Assert.True(files.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count() > 50);
        Assert.True(files.Select(f => format.Split(f).Count).Distinct().Count() > 1);
    }

    [ReadersFact]
    public void Other_readers_open_what_is_let_in_of_a_sample_of_mutants()
    {
        foreach (var format in FuzzFormats.All)
        {
            if (IndependentReader.Of(format.Mime) is not { } reader)
                continue;
            var opened = 0;
            var fuzzer = new Fuzzer(format, Seed);
            fuzzer.Run(0, Sampled, (number, file) =>
            {
                if (Interlocked.Increment(ref opened) <= Opened && reader.Complains(file) is { } complaint)
                    fuzzer.Count.Find($"seed {Seed} input {number}: accepted, but {complaint}");
            });
            Assert.Empty(fuzzer.Count.Findings);
            Assert.True(opened >= Opened, $"{opened} {format.Mime}");
        }
    }
}
