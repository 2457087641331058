using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Load;

/// <summary>The figures as a Markdown table, or as JSON.</summary>
internal static class Table
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Markdown(IEnumerable<Cell> cells)
    {
        var table = new StringBuilder("""
            | file | connections | uploads | uploads/s | p50 ms | p99 ms | CPU ms per upload | peak MB |
            |---|---|---|---|---|---|---|---|
            """);
        foreach (var c in cells)
        {
            table.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"| {Size(c.FileBytes)} | {c.Connections} | {c.Uploads} | {c.UploadsPerSecond:F1} | {c.P50Ms:F2} | {c.P99Ms:F2} | {c.CpuMsPerUpload:F3} | {c.PeakMemoryMb:F0} |");
        }

        return table.ToString();
    }

    public static string Json(IReadOnlyList<Cell> cells, LoadOptions options) => JsonSerializer.Serialize(
        new { target = options.Direct ? "simulator" : "gatehouse", seed = options.Seed, ok = cells.All(c => c.Problems.Count == 0), cells }, Indented);

    private static string Size(int bytes) => bytes >= 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB");
}
