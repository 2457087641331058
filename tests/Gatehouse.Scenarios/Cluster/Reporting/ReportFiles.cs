using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Scenarios.Cluster.Reporting;

/// <summary>Keeps a report where it can be read after the run: for people, for programs, and the nodes' logs beside it.</summary>
internal static class ReportFiles
{
    /// <summary><c>GATEHOUSE_FAULT_REPORTS</c>, else a folder beside the tests.</summary>
    private static readonly string Folder = Environment.GetEnvironmentVariable("GATEHOUSE_FAULT_REPORTS") is { Length: > 0 } set ? set : Path.Combine(AppContext.BaseDirectory, "fault-reports");

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Returns the path of the text.</summary>
    public static string Write(RunReport report)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{report.Options.Name}-{report.Options.Seed}"));
        File.WriteAllText(path + ".txt", TextReport.Of(report));
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(Told(report), Json));
        File.WriteAllText(path + "-history.json", JsonSerializer.Serialize(report.History, Json));
        for (var node = 0; node < report.Logs.Count; node++) File.WriteAllLines(string.Create(CultureInfo.InvariantCulture, $"{path}-node-{node}.log"), report.Logs[node]);
        return path + ".txt";
    }

    private static object Told(RunReport report) => new
    {
        report.Options.Name,
        report.Options.Seed,
        report.Options.Nodes,
        Store = report.Options.Store.ToString().ToLowerInvariant(),
        report.Options.Clients,
        report.Options.Contacts,
        LoadSeconds = report.Options.Load.TotalSeconds,
        Uploads = new { report.Figures.Uploads.Admitted, report.Figures.Uploads.Delivered, report.Figures.Uploads.GivenUp },
        Arrivals = new { report.Figures.Arrivals.All, report.Figures.Arrivals.Repeats },
        LongestGapSeconds = report.Figures.LongestGap.Lasted.TotalSeconds,
        LongestStandSeconds = report.Figures.LongestStand.Lasted.TotalSeconds,
        LongestWaySeconds = report.Figures.LongestWay.TotalSeconds,
        report.Figures.Answers,
        Faults = report.History.Faults.Select(f => new { Kind = f.Kind.ToString(), f.Node, FromSeconds = f.From.TotalSeconds, UntilSeconds = f.Until.TotalSeconds }),
        report.Simulator,
        report.Violations,
    };
}
