using System.Diagnostics;

namespace Gatehouse.Load;

/// <summary>The assemblies to start: the given ones, or Release builds made now from the repository that this program stands in.</summary>
internal static class Programs
{
    public static Task<string> GatehouseAsync(LoadOptions options, CancellationToken cancellationToken) =>
        FindAsync(options.Gatehouse, "Api", "Api", cancellationToken);

    public static Task<string> SimulatorAsync(LoadOptions options, CancellationToken cancellationToken) =>
        FindAsync(options.Simulator, Path.Combine("src", "Gatehouse.Simulator"), "Gatehouse.Simulator", cancellationToken);

    private static async Task<string> FindAsync(string? given, string folder, string name, CancellationToken cancellationToken)
    {
        if (given is not null)
            return File.Exists(given) ? Path.GetFullPath(given) : throw new LoadException($"There is no {given}.");
        var project = Path.Combine(Root(), folder);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "q", "--nologo"]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new LoadException("dotnet could not be started.");
        var said = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0
            ? Path.Combine(project, "bin", "Release", "net10.0", name + ".dll")
            : throw new LoadException($"{project} does not build.{Environment.NewLine}{said}");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
                return folder.FullName;
        }

        throw new LoadException("This program stands outside the repository, so it builds nothing: give --gatehouse and --simulator.");
    }
}
