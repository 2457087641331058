using Gatehouse.Api.Tests.Commands;
using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Configuration;

public sealed class SecretFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_a_key_and_its_content_the_value()
    {
        File.WriteAllText(_folder.File("Genesys__ClientSecret"), "hush\n");
        File.WriteAllText(_folder.File("ApiKeys__0__Hash"), "hs256");
        var configuration = GatehouseBuilder.Create([Folder]).Configuration;
        Assert.Equal("hush", configuration["Genesys:ClientSecret"]);
        Assert.Equal("hs256", configuration["ApiKeys:0:Hash"]);
    }

    [Fact]
    public void The_command_line_is_over_a_file()
    {
        File.WriteAllText(_folder.File("Limits__MaxPixels"), "1000");
        Assert.Equal(1000, GatehouseBuilder.Create([Folder]).ReadOptions().Options.Limits.MaxPixels);
        Assert.Equal(2000, GatehouseBuilder.Create([Folder, "--Limits:MaxPixels=2000"]).ReadOptions().Options.Limits.MaxPixels);
    }

    [Fact]
    public void A_file_is_over_appsettings()
    {
        File.WriteAllText(_folder.File("Logging__LogLevel__Default"), "Critical");
        Assert.Equal("Information", GatehouseBuilder.Create([]).Configuration["Logging:LogLevel:Default"]);
        Assert.Equal("Critical", GatehouseBuilder.Create([Folder]).Configuration["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void The_links_that_Kubernetes_makes_lead_to_the_values_and_its_own_folders_are_passed_over()
    {
        var version = Directory.CreateDirectory(_folder.File("..2026_11_22_12_00_00.1")).FullName;
        File.WriteAllText(Path.Combine(version, "Genesys__ClientSecret"), "hush");
        Directory.CreateSymbolicLink(_folder.File("..data"), version);
        File.CreateSymbolicLink(_folder.File("Genesys__ClientSecret"), Path.Combine("..data", "Genesys__ClientSecret"));
        Directory.CreateDirectory(_folder.File("kubernetes.io"));
        var builder = GatehouseBuilder.Create([Folder, "--environment=Development", "--Genesys:ClientId=a", "--Genesys:Region=us-east-1", "--Delivery:Route=contact-attachments"]);
        Assert.Equal("hush", builder.Configuration["Genesys:ClientSecret"]);
        Assert.Empty(builder.ReadOptions().Problems);
    }

    [Fact]
    public async Task A_mistyped_file_in_one_of_our_sections_stops_the_start()
    {
        await File.WriteAllTextAsync(_folder.File("Genesys__ClientSecrets"), "hush");
        var run = await Run.OfAsync("config", Folder);
        Assert.Equal(2, run.Code);
        Assert.Contains("Genesys:ClientSecrets is not a key of Gatehouse: did you mean Genesys:ClientSecret?", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_never_shown()
    {
        foreach (var key in (string[])["Genesys__ClientSecret", "State__ConnectionString", "ApiKeys__0__Hash"]) await File.WriteAllTextAsync(_folder.File(key), "hush-" + key);
        var run = await Run.OfAsync("config", Folder);
        Assert.DoesNotContain("hush", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Equal(3, run.Lines.Count(l => l.EndsWith("********", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("serve")]
    [InlineData("health")]
    public async Task A_file_that_cannot_be_read_ends_the_command_with_a_sentence(string command)
    {
        File.CreateSymbolicLink(_folder.File("Genesys__ClientSecret"), "nowhere");
        var run = await Run.OfAsync(command, Folder);
        Assert.Equal(2, run.Code);
        Assert.StartsWith($"Secrets:Directory is \"{_folder.Path}\", where a file cannot be read: ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_configured_folder_that_is_not_there_ends_it_too()
    {
        var run = await Run.OfAsync("config", "--Secrets:Directory=" + _folder.File("missing"));
        Assert.Equal(2, run.Code);
        Assert.Equal($"Secrets:Directory is \"{_folder.File("missing")}\": there is no such folder.", run.Errors.Trim());
    }

    private string Folder => "--Secrets:Directory=" + _folder.Path;
}
