using System.Diagnostics;

namespace Gatehouse.Scenarios.Clients;

/// <summary>A test that needs a client program; where that is not installed it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientFactAttribute : FactAttribute
{
    /// <param name="probe">The program, and arguments that it ends well with.</param>
    public ClientFactAttribute(params string[] probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (!Runs(probe)) Skip = $"{string.Join(' ', probe)} does not run here; ./test.sh installs it where it may.";
    }

    private static bool Runs(string[] probe)
    {
        try
        {
            var start = new ProcessStartInfo(probe[0], probe.Length > 1 ? probe[1..] : ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start);
            return process is not null && process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
