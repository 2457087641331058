using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.Clients;

/// <summary>Runs a client program and reads the answer that it saw: a line with the status, a line with the content type, then the body.</summary>
internal static class ClientRun
{
    public static async Task<Answer> RunAsync(string program, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}\n{await output}");
        var lines = (await output).Split('\n', 3);
        return new((HttpStatusCode)int.Parse(lines[0], CultureInfo.InvariantCulture), lines[2], new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = lines[1].Trim() });
    }
}
