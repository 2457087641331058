using System.Globalization;

namespace Gatehouse.Simulator;

/// <summary>Options from the command line and the environment: <c>--urls</c>, <c>--Simulator:Seed=7</c>, <c>Simulator__Url</c>.</summary>
internal static class OptionsFrom
{
    /// <summary>The options, or one sentence on what is wrong with them.</summary>
    public static (SimulatorOptions? Options, string? Problem) CommandLine(string[] args)
    {
        IConfiguration configuration;
        try
        {
            configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        }
        catch (FormatException wrong)
        {
            return (null, wrong.Message);
        }

        var options = new SimulatorOptions();
        var named = configuration.GetSection("Simulator");
        // The environment's own Urls speaks to whatever web host runs beside; only an argument is meant for the simulator.
        options = options with { Url = new ConfigurationBuilder().AddCommandLine(args).Build()["urls"] ?? named["Url"] ?? options.Url };

        if (named["Seed"] is { } seed)
        {
            if (!int.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return (null, $"Simulator:Seed is a whole number of 32 bits; \"{seed}\" was given.");
            options = options with { Seed = number };
        }

        if (named["KeepImageBytes"] is { } images)
        {
            if (!long.TryParse(images, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                return (null, $"Simulator:KeepImageBytes is a number of bytes; \"{images}\" was given.");
            options = options with { KeepImageBytes = bytes };
        }

        if (named["KeepReceived"] is { } receipts)
        {
            if (!int.TryParse(receipts, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return (null, $"Simulator:KeepReceived is a number; \"{receipts}\" was given.");
            options = options with { KeepReceived = count };
        }

        return options.Problem() is { } problem ? (null, problem) : (options, null);
    }
}
