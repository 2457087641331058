using System.Diagnostics;

namespace Gatehouse.Storage.Tests.Killing;

/// <summary>This assembly as a process of its own. Disposal kills it, and nothing else.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
    }

    public static Child Start(params string[] words) => new(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. words]));

    /// <summary>A write beyond the limit on its files' length fails instead of ending it.</summary>
    public static Child StartWithoutFileSizeSignal(params string[] words) =>
        new(new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", typeof(Program).Assembly.Location, .. words]));

    /// <summary>Its next line; null when it has ended.</summary>
    public async Task<string?> LineAsync() => await _process.StandardOutput.ReadLineAsync();

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    public async Task<(int Code, string Errors)> EndAsync()
    {
        var errors = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
