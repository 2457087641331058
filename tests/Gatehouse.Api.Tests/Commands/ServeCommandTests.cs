using Gatehouse.Gateway.Callers;

namespace Gatehouse.Api.Tests.Commands;

/// <summary>A start that cannot be right ends with one sentence that names the key to change.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-").FullName;

    [Fact]
    public async Task A_database_that_is_none_is_named_with_its_key()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "gatehouse.db"), new string('x', 5000));
        var run = await ServeAsync("--Urls=http://127.0.0.1:0");
        Assert.Equal(1, run.Code);
        Assert.StartsWith($"Data:Directory '{_folder}' ", Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>An address that RFC 5737 keeps for documentation is no machine's.</summary>
    [Fact]
    public async Task An_address_that_is_not_this_machines_is_named_with_its_key()
    {
        var key = ApiKeys.New("web-shop", CallerScopes.Upload, expires: null).Options;
        var run = await ServeAsync("--Urls=http://192.0.2.1:8080", "--ApiKeys:0:Name=" + key.Name, "--ApiKeys:0:Hash=" + key.Hash, "--ApiKeys:0:Scopes=upload");
        Assert.Equal(1, run.Code);
        var sentence = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("http://192.0.2.1:8080", sentence, StringComparison.Ordinal);
        Assert.Contains("Urls", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_without_its_certificate_is_named_with_its_key()
    {
        var run = await ServeAsync("--Urls=https://127.0.0.1:0", "--Kestrel:Certificates:Default:Path=" + Path.Combine(_folder, "none.pem"));
        Assert.Equal(1, run.Code);
        Assert.Contains("Kestrel:Certificates:Default:Path", Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("config")]
    [InlineData("inspect")]
    public async Task A_file_of_configuration_that_is_no_JSON_is_named_and_not_quoted(string command)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), """{ "Genesys": { "ClientSecret": thush } }""");
        var run = await Run.OfAsync([command, "--contentRoot=" + _folder, .. command is "inspect" ? [Repository.Sample("note.txt")] : Array.Empty<string>()]);
        Assert.Equal(2, run.Code);
        Assert.Contains(Path.Combine(_folder, "appsettings.json"), run.Errors, StringComparison.Ordinal);
        Assert.Contains("line 1, byte 33", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Run> ServeAsync(params string[] more) => Run.OfAsync(["serve", "--Simulator:Url=http://127.0.0.1:0", "--Data:Directory=" + _folder, .. more]);
}
