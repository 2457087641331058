using System.ComponentModel;
using System.Diagnostics;

namespace Gatehouse.Gateway.Tests.Http;

/// <summary>A test that needs a program; skipped, and counted as skipped, where trying it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program, params string[] trial)
    {
        if (!Works(program, trial)) Skip = $"{program} {string.Join(' ', trial)} does not work here";
    }

    private static bool Works(string program, string[] trial)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, trial) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
