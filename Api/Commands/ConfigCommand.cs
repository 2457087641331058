using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Commands;

/// <summary><c>config</c>: every key, its default and its value; secrets are masked. Ends with 2 and the sentences when the server would not start so.</summary>
internal static class ConfigCommand
{
    public static int Run(string[] words, TextWriter output, TextWriter errors)
    {
        var arguments = Arguments.Parse(words, [], []);
        if ((arguments.Unknown ?? (arguments.Paths.Count > 0 ? arguments.Paths[0] : null)) is { } unknown)
        {
            errors.WriteLine($"\"{unknown}\" is not an option of config. See --help.");
            return CommandLine.CouldNotRun;
        }

        var builder = GatehouseBuilder.Create(arguments.Configuration);
        var (options, problems) = builder.ReadOptions();
        var rows = ConfiguredValues.List(builder.Configuration, options);
        var (name, standard) = (rows.Max(r => r.Key.Length), Math.Min(44, rows.Max(r => r.Default.Length)));
        output.WriteLine($"{"KEY".PadRight(name)}  {"DEFAULT".PadRight(standard)}  VALUE");
        foreach (var row in rows)
            output.WriteLine($"{row.Key.PadRight(name)}  {row.Default.PadRight(standard)}  {row.Value}".TrimEnd());

        foreach (var problem in problems) errors.WriteLine(problem);
        return problems.Count == 0 ? 0 : CommandLine.CouldNotRun;
    }
}
