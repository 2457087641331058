namespace Gatehouse.Scenarios.Harness;

/// <summary>The programs as they were built beside these tests: same configuration, same framework.</summary>
internal static class Programs
{
    public static string Api { get; } = Built("Api", "Api.dll");

    public static string Simulator { get; } = Built("src/Gatehouse.Simulator", "Gatehouse.Simulator.dll");

    public static string Built(string project, string dll)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Repository.Root, project, "bin", output.Parent!.Name, output.Name, dll);
    }
}
