using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Hosting;
using Gatehouse.Silo.Configuration;

namespace Gatehouse.Silo.Hosting;

/// <summary>Reads the configuration, says what is wrong with it, serves.</summary>
internal static class SiloProgram
{
    private const int CouldNotRun = 2;

    /// <summary>There is none here: a cluster's processes would each bring one.</summary>
    private static readonly Dictionary<string, string?> NoSimulator = new(StringComparer.OrdinalIgnoreCase) { [Keys.SimulatorUrl.Name] = "" };

    public static async Task<int> RunAsync(string[] args, TextWriter errors)
    {
        try
        {
            return await RunAsync(GatehouseBuilder.Create(args), errors);
        }
        catch (UnreadableConfigurationException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return CouldNotRun;
        }
    }

    private static async Task<int> RunAsync(WebApplicationBuilder builder, TextWriter errors)
    {
        builder.Configuration.AddInMemoryCollection(NoSimulator);
        var gatehouse = builder.ReadOptions();
        var (silo, problems) = SiloSettings.Read(builder.Configuration, gatehouse.Options);
        if (gatehouse.Problems.Count + problems.Count > 0)
        {
            foreach (var problem in (string[])[.. gatehouse.Problems, .. problems]) await errors.WriteLineAsync(problem);
            return CouldNotRun;
        }
        if (StartChecks.Problem(silo) is { } obstacle)
        {
            await errors.WriteLineAsync(obstacle);
            return GatehouseServer.StartRefused;
        }
        return await GatehouseServer.RunAsync(builder, gatehouse.Options, () => SiloHost.Build(builder, gatehouse.Options, silo), errors);
    }
}
