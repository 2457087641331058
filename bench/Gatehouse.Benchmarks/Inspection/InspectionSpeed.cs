using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>How long the inspection of one file takes, and what it allocates: a table with a line a sample.</summary>
internal static class InspectionSpeed
{
    /// <param name="files">Measured instead of the samples.</param>
    public static void Run(IReadOnlyList<string> files)
    {
        InspectionBenchmark.Samples = [.. files.Count == 0 ? InspectionSamples.All() : files.Select(f => new InspectionSample(Path.GetFileName(f), File.ReadAllBytes(f)))];
        BenchmarkRunner.Run<InspectionBenchmark>(Configuration());
    }

    /// <summary>In this process and with short iterations: all samples take some three minutes.</summary>
    private static ManualConfig Configuration() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(3).WithIterationCount(12))
        .AddColumnProvider(DefaultColumnProviders.Params)
        .AddColumn(SampleColumn.Bytes, StatisticColumn.Mean, StatisticColumn.Median, StatisticColumn.Min, SampleColumn.Throughput)
        .AddColumnProvider(DefaultColumnProviders.Metrics)
        .AddLogger(ConsoleLogger.Default)
        .WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Microsecond))
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "gatehouse-benchmarks"));
}
