namespace Gatehouse.Scenarios.Harness;

/// <summary>Where things are in the checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string ApiDll => Built("Api", "Api.dll");

    public static string SimulatorDll => Built("src/Gatehouse.Simulator", "Gatehouse.Simulator.dll");

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    /// <summary>The programs as they were built beside these tests: same configuration, same framework.</summary>
    private static string Built(string project, string dll)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", output.Parent!.Name, output.Name, dll);
    }

    private static string FindRoot(string from)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Actors.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from a checkout: no Actors.sln above " + from);
    }
}
