using BenchmarkDotNet.Attributes;
using Gatehouse.Inspection;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>The inspection of one file, pushed in pieces of 64 KB as the edge receives it, on one thread.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class InspectionBenchmark
{
    private const int Piece = 64 * 1024;

    private readonly Inspector _inspector = new(new InspectionPolicy { AllowedTypes = Inspector.ValidatedTypes });

    /// <summary>What is measured; read once, so that every run sees the same bytes.</summary>
    public static IReadOnlyList<InspectionSample> Samples { get; set; } = [];

    [ParamsSource(nameof(Samples))]
    public InspectionSample Sample { get; set; } = new(string.Empty, []);

    [Benchmark]
    public Verdict Inspect()
    {
        var bytes = Sample.Bytes;
        using var inspection = _inspector.Begin("sample");
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            if (inspection.Write(bytes.AsSpan(at, Math.Min(Piece, bytes.Length - at))) is { } refusal)
                throw new InvalidOperationException($"{Sample} was refused: {refusal}");
        }

        var verdict = inspection.Complete(new SampleContent(bytes), CancellationToken.None);
        return verdict is Verdict.Accept ? verdict : throw new InvalidOperationException($"{Sample} was refused: {verdict}");
    }
}
