using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Configuration;

namespace Gatehouse.Api.Tests.Commands;

public sealed class OtherCommandTests
{
    [Fact]
    public async Task Config_prints_every_key_with_its_default_and_its_value()
    {
        var run = await Run.OfAsync("config", "--Limits:MaxFileBytes=1000");
        Assert.Equal(0, run.Code);
        Assert.All(Keys.All, key => Assert.Contains(run.Lines, line => line.StartsWith(key.Name + " ", StringComparison.Ordinal) || string.Equals(line, key.Name, StringComparison.Ordinal)));
        Assert.Equal(["Limits:MaxFileBytes", "5242880", "1000"], run.Lines.Single(l => l.StartsWith("Limits:MaxFileBytes", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Config_prints_what_is_in_force_with_the_simulator()
    {
        var run = await Run.OfAsync("config", "--environment=Development", "--Limits:MaxFileBytes=1000");
        Assert.EndsWith("contact-attachments (simulator)", Line("Delivery:Route "), StringComparison.Ordinal);
        Assert.EndsWith("0 (simulator)", Line("Genesys:RequestsPerMinute "), StringComparison.Ordinal);
        run = await Run.OfAsync("config", "--environment=Development", "--Genesys:RequestsPerMinute=60");
        Assert.EndsWith(" 60", Line("Genesys:RequestsPerMinute "), StringComparison.Ordinal);

        string Line(string key) => run.Lines.Single(l => l.StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_masks_secrets()
    {
        var run = await Run.OfAsync("config", "--Genesys:ClientSecret=hush-hush", "--State:ConnectionString=hush-too", "--ApiKeys:0:Hash=hush-three", "--ApiKeys:0:Name=shop", "--Links:Keys:0:Secret=hush-four", "--Links:Keys:0:Id=2026", "--Blobs:S3:SecretAccessKey=hush-five", "--Blobs:Azure:AccountKey=hush-six");
        Assert.DoesNotContain("hush", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Contains("********", run.Output, StringComparison.Ordinal);
        Assert.Contains(run.Lines, l => l.StartsWith("ApiKeys:0:Name", StringComparison.Ordinal) && l.EndsWith("shop", StringComparison.Ordinal));
        Assert.Contains(run.Lines, l => l.StartsWith("Links:Keys:0:Id", StringComparison.Ordinal) && l.EndsWith("2026", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_ends_with_2_and_the_sentence_when_the_server_would_not_start()
    {
        var run = await Run.OfAsync("config", "--Delivery:WaitSeconds=99");
        Assert.Equal(2, run.Code);
        Assert.Contains("Delivery:WaitSeconds is \"99\"", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_new_prints_a_key_that_its_line_of_configuration_lets_in()
    {
        var run = await Run.OfAsync("keys", "new", "--name", "web shop \"1\"", "--scopes=upload,read", "--expires", "2999-01-01");
        Assert.Equal(0, run.Code);
        Assert.StartsWith("Key: gh_", run.Lines[0], StringComparison.Ordinal);
        var entry = System.Text.Json.JsonDocument.Parse(run.Lines[^1]).RootElement;
        Assert.Equal("web shop \"1\"", entry.GetProperty("Name").GetString());
        Assert.Equal(["upload", "read"], entry.GetProperty("Scopes").EnumerateArray().Select(s => s.GetString()));
        Assert.Empty(ApiKeys.Check([new ApiKeyOptions { Name = "n", Hash = entry.GetProperty("Hash").GetString()!, Scopes = "upload" }]));
        Assert.DoesNotContain(run.Lines[0][^20..], run.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys", "new", "--scopes", "upload")]
    [InlineData("keys", "new", "--name", "x")]
    [InlineData("keys", "new", "--name", "x", "--scopes", "everything")]
    [InlineData("keys", "new", "--name", "x", "--scopes", "upload", "--expires", "soon")]
    [InlineData("keys", "new", "--name", "x", "--scopes", "upload", "stray")]
    [InlineData("dance")]
    [InlineData("config", "stray")]
    [InlineData("serve", "stray")]
    [InlineData("health", "stray")]
    [InlineData("health", "live", "ready")]
    [InlineData("health", "--Urls=https://127.0.0.1:8443")]
    public async Task Words_that_mean_nothing_end_with_2_and_a_sentence(params string[] words)
    {
        var run = await Run.OfAsync(words);
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.EndsWith(".", run.Errors.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("inspect", "-h")]
    [InlineData("help")]
    public async Task Help_lists_the_commands(params string[] words)
    {
        var run = await Run.OfAsync(words);
        Assert.Equal(0, run.Code);
        Assert.All(["inspect", "config", "health", "keys new"], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }
}
