using Gatehouse.Api.Inspecting;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Inspection;

namespace Gatehouse.Api.Commands;

/// <summary><c>inspect [--json] PATH…</c>: what would become of these files, without sending any.</summary>
internal static class InspectCommand
{
    private const int AllAccepted = 0;
    private const int SomeRefused = 1;

    public static int Run(string[] words, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Parse(words, ["--json"], []);
        if (arguments.Unknown is { } unknown) return Complain(errors, $"\"{unknown}\" is not an option of inspect. See --help.");
        if (arguments.Paths.Count == 0) return Complain(errors, "inspect needs the path of a file or folder. See --help.");
        var configuration = GatehouseBuilder.Create(arguments.Configuration).ReadOptions();
        string[] problems = [.. configuration.About("Limits"), .. configuration.About("LargeFiles")];
        if (problems.Length > 0) return Complain(errors, string.Join(Environment.NewLine, problems));

        var limits = configuration.Options.Limits;
        var judge = new FileJudge(new Inspector(limits.ToInspectionPolicy()), configuration.Options.MostFileBytes);
        Action<TextWriter, FileReport> print = arguments.Switches.Contains("--json") ? FileReportPrinter.Json : FileReportPrinter.Text;
        var code = AllAccepted;
        foreach (var found in arguments.Paths.SelectMany(FileWalk.From))
        {
            var trouble = found.Trouble;
            if (trouble is null && judge.TryJudge(found.Path, out var report, out trouble, cancellationToken))
            {
                print(output, report);
                if (!report.Accepted) code = Math.Max(code, SomeRefused);
            }
            else
            {
                code = Complain(errors, $"{found.Path}: {trouble}");
            }
        }

        return code;

        static int Complain(TextWriter errors, string sentence)
        {
            errors.WriteLine(sentence);
            return CommandLine.CouldNotRun;
        }
    }
}
