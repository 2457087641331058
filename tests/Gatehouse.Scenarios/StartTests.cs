using System.Net;
using System.Net.Sockets;
using Gatehouse.Gateway.Callers;
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
    public async Task Production_starts_with_its_secrets_from_files_and_shows_none()
    {
        using var secrets = new TemporaryFolder();
        var key = ApiKeys.New("from files", CallerScopes.Upload, expires: null);
        await File.WriteAllTextAsync(secrets.File("Genesys__ClientSecret"), "hush-hush\n");
        await File.WriteAllTextAsync(secrets.File("ApiKeys__0__Hash"), key.Options.Hash);
        await using var simulator = await SimulatorProcess.StartAsync();
        var genesys = simulator.Url.GetLeftPart(UriPartial.Authority);
        await using var gateway = await GatewayProcess.StartAsync(
            simulator: null,
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Secrets:Directory", secrets.Path), ("Delivery:Route", "contact-attachments"),
            ("Genesys:ClientId", "some"), ("Genesys:LoginBaseAddress", genesys), ("Genesys:ApiBaseAddress", genesys), ("ApiKeys:0:Name", "from files"), ("ApiKeys:0:Scopes", "upload"));
        (await (UploadForm.Sample("gatehouse.png", "from-files") with { Authorization = "Bearer " + key.Token }).SendAsync(gateway.Http)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("hush", gateway.Process.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_variable_is_over_a_secret_file()
    {
        using var secrets = new TemporaryFolder();
        await File.WriteAllTextAsync(secrets.File("Limits__MaxPixels"), "1111");
        await File.WriteAllTextAsync(secrets.File("Limits__MaxFileBytes"), "2222");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Secrets__Directory"] = secrets.Path, ["Limits__MaxPixels"] = "3333" };
        var (_, output, _) = await CommandLineRun.RunAsync(environment, "config");
        Assert.Matches("(?m)^Limits:MaxPixels .* 3333$", output);
        Assert.Matches("(?m)^Limits:MaxFileBytes .* 2222$", output);
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
