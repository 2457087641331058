using System.Globalization;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>What makes a failure run longer, or repeats one.</summary>
internal static class FaultSettings
{
    /// <summary>Seconds of load; by default short enough for every run of all tests.</summary>
    public static TimeSpan Load { get; } = TimeSpan.FromSeconds(Setting("GATEHOUSE_FAULT_SECONDS", 15));

    /// <summary>Asked for at length: then the run is held to the bars on time too.</summary>
    public static bool IsLong { get; } = Load >= TimeSpan.FromSeconds(60);

    public static int Seed(int otherwise) => Setting("GATEHOUSE_FAULT_SEED", otherwise);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
