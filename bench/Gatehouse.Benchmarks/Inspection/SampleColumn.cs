using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>What follows from a sample's size and the time it took.</summary>
internal sealed class SampleColumn(string name, string legend, Func<int, double, string> value) : IColumn
{
    public static SampleColumn Bytes { get; } = new("Bytes", "Size of the file", (bytes, _) => bytes.ToString("N0", CultureInfo.InvariantCulture));

    public static SampleColumn Throughput { get; } = new("GB/s", "10^9 bytes of the file a second, by the median", (bytes, nanoseconds) => (bytes / nanoseconds).ToString("0.00", CultureInfo.InvariantCulture));

    public string Id => ColumnName;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters[nameof(InspectionBenchmark.Sample)] is InspectionSample sample && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? value(sample.Bytes.Length, statistics.Median)
            : "?";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
