using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Commands;

/// <summary>What the program is asked to do.</summary>
public static class CommandLine
{
    /// <summary>Wrong words or a wrong configuration: it did not run.</summary>
    public const int CouldNotRun = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var words = args.Length > 0 && !args[0].StartsWith('-') ? args[1..] : args;
        var command = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
        if (args.Any(a => a is "--help" or "-h") || command is "help")
        {
            await output.WriteLineAsync(Help.Text);
            return 0;
        }

        try
        {
            switch (command)
            {
                case "serve": return await ServeCommand.RunAsync(words, output, errors);
                case "inspect": return InspectCommand.Run(words, output, errors, CancellationToken.None);
                case "config": return ConfigCommand.Run(words, output, errors);
                case "health": return await HealthCommand.RunAsync(words, output, errors, CancellationToken.None);
                case "move-state": return await MoveStateCommand.RunAsync(words, output, errors, CancellationToken.None);
                case "keys": return KeysCommand.Run(words, output, errors);
                default:
                    await errors.WriteLineAsync($"\"{command}\" is not a command: it must be serve, inspect, config, health, keys or move-state. See --help.");
                    return CouldNotRun;
            }
        }
        catch (UnreadableConfigurationException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return CouldNotRun;
        }
    }
}
