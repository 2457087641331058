using System.Globalization;
using System.Text;
using Gatehouse.Scenarios.Cluster.Checking;

namespace Gatehouse.Scenarios.Cluster.Reporting;

/// <summary>A report for people.</summary>
internal static class TextReport
{
    /// <summary>More of one rule say nothing new; the JSON has them all.</summary>
    private const int ShownOfARule = 10;

    public static string Of(RunReport report)
    {
        var (options, figures) = (report.Options, report.Figures);
        var text = new StringBuilder();
        Line(text, $"{options.Name}: seed {options.Seed}, {options.Nodes} nodes on {options.Store.ToString().ToLowerInvariant()}, {options.Clients} clients, {options.Contacts} contacts, {options.Load.TotalSeconds:F0} s of load");
        Line(text, $"uploads      {figures.Uploads.Admitted} admitted, {figures.Uploads.Delivered} delivered, {figures.Uploads.GivenUp} given up");
        Line(text, $"arrivals     {figures.Arrivals.All}, {figures.Arrivals.Repeats} of them repeats");
        Line(text, $"longest gap without a 200 or 202   {figures.LongestGap.Lasted.TotalSeconds:F3} s, from {figures.LongestGap.From.TotalSeconds:F3} s");
        Line(text, $"longest time that a line stood     {figures.LongestStand.Lasted.TotalSeconds:F3} s{(figures.LongestStand.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $", before {next.At.TotalSeconds:F3} s, {next.Contact}") : "")}");
        Line(text, $"longest way to the first arrival   {figures.LongestWay.TotalSeconds:F3} s");
        Line(text, $"answers");
        foreach (var (answer, count) in figures.Answers) Line(text, $"  {count,8}  {answer}");
        Line(text, $"faults");
        foreach (var fault in report.History.Faults) Line(text, $"  {fault.From.TotalSeconds,8:F3} s  {Named(fault)}, over after {(fault.Until - fault.From).TotalSeconds:F3} s");
        Line(text, $"simulator    {report.Simulator.GetRawText()}");
        Line(text, $"violations   {(report.Violations.Count == 0 ? "none" : report.Violations.Count)}");
        foreach (var rule in report.Violations.GroupBy(v => v.Rule, StringComparer.Ordinal))
        {
            Line(text, $"  {rule.Key}: {rule.Count()}");
            foreach (var violation in rule.Take(ShownOfARule)) Line(text, $"    {violation.What}");
        }

        return text.ToString();
    }

    private static string Named(Fault fault) => fault.Node is { } node ? string.Create(CultureInfo.InvariantCulture, $"{fault.Kind} node {node}") : fault.Kind.ToString();

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
