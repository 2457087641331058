using System.Globalization;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>What makes a failure run longer, or repeats one.</summary>
internal static class FaultSettings
{
    /// <summary>Seconds of load, where somebody asked for that many.</summary>
    private static readonly int Asked = Setting("GATEHOUSE_FAULT_SECONDS", 0);

    /// <summary>Asked for at length: then the run is held to the bars on time too.</summary>
    public static bool IsLong => Asked >= 60;

    /// <param name="otherwise">Seconds of load, short enough for every run of all tests.</param>
    public static TimeSpan Load(int otherwise) => TimeSpan.FromSeconds(Asked > 0 ? Asked : otherwise);

    public static int Seed(int otherwise) => Setting("GATEHOUSE_FAULT_SEED", otherwise);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
