using System.Net;
using System.Net.Sockets;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>A start that cannot be right ends with a sentence that says what to change.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Limits:MaxFileBytes", "many", "Limits:MaxFileBytes is \"many\"")]
    [InlineData("Limits:MaxFileBytes", "20971520", "at most 10485760")]
    [InlineData("Limits:AllowedTypes:0", "application/x-msdownload", "Limits:AllowedTypes has \"application/x-msdownload\"")]
    [InlineData("Limits:MaxFileByte", "1", "did you mean Limits:MaxFileBytes?")]
    [InlineData("State:Store", "mongo", "State:Store is \"mongo\"")]
    [InlineData("State:Store", "postgres", "State:ConnectionString is wrong")]
    [InlineData("Delivery:Route", "carrier-pigeon", "Delivery:Route is \"carrier-pigeon\"")]
    [InlineData("Urls", "http://0.0.0.0:8080", "without ApiKeys")]
    public async Task A_wrong_value_stops_the_start_and_is_named(string key, string value, string sentence)
    {
        await using var gateway = new GatewayProcess(simulator: null, (key, value));
        var process = gateway.Launch();
        Assert.NotEqual(0, await process.ExitCodeAsync());
        Assert.Contains(sentence, process.Transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_does_not_start_without_keys_route_and_credentials()
    {
        await using var gateway = new GatewayProcess(simulator: null, ("ASPNETCORE_ENVIRONMENT", "Production"));
        var process = gateway.Launch();
        Assert.NotEqual(0, await process.ExitCodeAsync());
        Assert.All(["ApiKeys", "Delivery:Route", "Genesys:ClientId", "Genesys:ClientSecret", "Genesys:Region"], key => Assert.Contains(key, process.Transcript, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_key_to_change()
    {
        using var squatter = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        squatter.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        squatter.Listen();
        await using var gateway = new GatewayProcess(simulator: null, ("Urls", $"http://127.0.0.1:{((IPEndPoint)squatter.LocalEndPoint!).Port}"));
        var process = gateway.Launch();
        Assert.NotEqual(0, await process.ExitCodeAsync());
        Assert.Contains(process.Errors, line => line.Contains("Urls", StringComparison.Ordinal) && line.Contains("taken", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", process.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused()
    {
        await using var first = await GatewayProcess.StartAsync(simulator: null);
        await using var second = new GatewayProcess(simulator: null, ("Data:Directory", first.DataFolder));
        var process = second.Launch();
        Assert.NotEqual(0, await process.ExitCodeAsync());
        Assert.Contains("Data:Directory", process.Transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_ends_an_idle_gateway_with_0()
    {
        await using var gateway = await GatewayProcess.StartAsync(simulator: null);
        Assert.Equal(0, await gateway.Process.TerminateAsync());
    }
}
