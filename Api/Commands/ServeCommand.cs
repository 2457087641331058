using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Hosting;
using Gatehouse.Simulator;

namespace Gatehouse.Api.Commands;

/// <summary>Serves uploads, and the simulator beside them where no Genesys Cloud is configured.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] words, TextWriter output, TextWriter errors)
    {
        if (words.FirstOrDefault(w => !w.StartsWith('-') && !IsValue(words, w)) is { } word)
            return await Refuse(errors, $"\"{word}\" is not an option of serve. See --help.", CommandLine.CouldNotRun);
        var builder = GatehouseBuilder.Create(words);
        var configuration = builder.ReadOptions();
        if (configuration.Problems.Count > 0)
            return await Refuse(errors, string.Join(Environment.NewLine, configuration.Problems), CommandLine.CouldNotRun);

        await using var simulator = Simulator(configuration.Options);
        if (simulator is not null)
        {
            if (await SimulatorHost.TryStartAsync(simulator) is { } refusal) return await Refuse(errors, refusal, GatehouseServer.StartRefused);
            await output.WriteLineAsync($"No Genesys Cloud is configured: a simulated one answers on {SimulatorHost.BoundAddress(simulator)}.");
        }

        return await GatehouseServer.RunAsync(builder, configuration.Options, () => GatehouseHost.Build(builder, configuration.Options), errors);
    }

    /// <summary>Null where a Genesys Cloud is configured, in Production, or when <c>Simulator:Url</c> is empty.</summary>
    private static WebApplication? Simulator(GatehouseOptions options) =>
        options.Simulator.Url is { } url ? SimulatorHost.Build(new SimulatorOptions { Url = url.GetLeftPart(UriPartial.Authority) }) : null;

    /// <summary>.NET also takes <c>--Key value</c>.</summary>
    private static bool IsValue(string[] words, string word) =>
        Array.IndexOf(words, word) is > 0 and var at && words[at - 1].StartsWith("--", StringComparison.Ordinal) && !words[at - 1].Contains('=', StringComparison.Ordinal);

    private static async Task<int> Refuse(TextWriter errors, string sentence, int code)
    {
        await errors.WriteLineAsync(sentence);
        return code;
    }
}
