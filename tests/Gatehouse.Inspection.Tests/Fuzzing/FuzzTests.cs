namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>The same fuzzer runs for millions of inputs in the benchmarks (<c>fuzz --inputs N --seed S</c>).</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_260;

    private const int Inputs = 200_000;

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
    }
}
