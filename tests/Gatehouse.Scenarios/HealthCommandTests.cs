using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary><c>health</c>, as a supervisor runs it beside the server.</summary>
public sealed class HealthCommandTests
{
    [Fact]
    public async Task It_ends_with_0_while_the_server_takes_uploads_and_with_1_when_it_does_not()
    {
        await using var gateway = await GatewayProcess.StartAsync(simulator: null);
        Assert.Equal(0, await HealthAsync(gateway.Url, "ready", "\"status\":\"ready\""));
        Assert.Equal(0, await HealthAsync(gateway.Url, "live", "\"status\":\"live\""));

        Directory.Delete(Path.Combine(gateway.DataFolder, "spool"), recursive: true);
        Assert.Equal(1, await HealthAsync(gateway.Url, "ready", "answered 503"));
        Assert.Equal(0, await HealthAsync(gateway.Url, "live", "\"status\":\"live\""));

        await gateway.Process.KillAsync();
        Assert.Equal(1, await HealthAsync(gateway.Url, "ready", "does not answer"));
        Assert.Equal(1, await HealthAsync(gateway.Url, "live", "does not answer"));
    }

    private static async Task<int> HealthAsync(Uri server, string what, string says)
    {
        var everyInterface = $"http://0.0.0.0:{server.Port}";
        var (code, output, errors) = await CommandLineRun.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Urls"] = everyInterface }, "health", what);
        Assert.Contains(says, output + errors, StringComparison.Ordinal);
        return code;
    }
}
