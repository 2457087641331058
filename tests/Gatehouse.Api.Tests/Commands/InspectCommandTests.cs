using System.Security.Cryptography;
using System.Text.Json;

namespace Gatehouse.Api.Tests.Commands;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gatehouse.png", "image/png")]
    [InlineData("gatehouse.jpg", "image/jpeg")]
    [InlineData("return-slip.pdf", "application/pdf")]
    [InlineData("note.txt", "text/plain")]
    public async Task A_good_sample_is_accepted_with_0(string name, string mime)
    {
        var run = await Run.OfAsync("inspect", "--json", Repository.Sample(name));
        Assert.Equal(0, run.Code);
        var json = JsonDocument.Parse(Assert.Single(run.Lines)).RootElement;
        Assert.Equal(["path", "size", "sha256", "detected_mime", "verdict", "code", "reason", "flags"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(Repository.Sample(name), json.GetProperty("path").GetString());
        Assert.Equal(new FileInfo(Repository.Sample(name)).Length, json.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Repository.Sample(name)))), json.GetProperty("sha256").GetString());
        Assert.Equal(mime, json.GetProperty("detected_mime").GetString());
        Assert.Equal("accept", json.GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("code").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reason").ValueKind);
        Assert.Equal(0, json.GetProperty("flags").GetArrayLength());
    }

    [Theory]
    [InlineData("program.png", "type-not-allowed", null)]
    [InlineData("damaged.jpg", "content-damaged", "truncated")]
    public async Task A_bad_sample_is_refused_with_1(string name, string code, string? reason)
    {
        var run = await Run.OfAsync("inspect", "--json", Repository.Sample(name), Repository.Sample("note.txt"));
        Assert.Equal(1, run.Code);
        var json = JsonDocument.Parse(run.Lines[0]).RootElement;
        Assert.Equal("refuse", json.GetProperty("verdict").GetString());
        Assert.Equal(code, json.GetProperty("code").GetString());
        Assert.Equal(reason, json.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task For_people_a_refusal_says_what_to_do()
    {
        var run = await Run.OfAsync("inspect", Repository.Sample("program.png"));
        Assert.StartsWith($"refuse  {Repository.Sample("program.png")}", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Contains("type-not-allowed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_walked_in_order_and_its_links_are_not_followed()
    {
        Directory.CreateDirectory(_folder.File("b/deep"));
        Directory.CreateDirectory(_folder.File("elsewhere"));
        var walked = Directory.CreateDirectory(_folder.File("b")).FullName;
        foreach (var path in new[] { "b/z.txt", "b/a.txt", "b/deep/m.txt", "elsewhere/secret.txt" })
            await File.WriteAllTextAsync(_folder.File(path), "A note.\n");
        File.CreateSymbolicLink(Path.Combine(walked, "link.txt"), _folder.File("elsewhere/secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(walked, "folder"), _folder.File("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(walked, "loop"), walked);

        var run = await Run.OfAsync("inspect", "--json", walked);
        Assert.Equal(0, run.Code);
        Assert.Equal(["a.txt", "deep/m.txt", "z.txt"], run.Lines.Select(l => Path.GetRelativePath(walked, JsonDocument.Parse(l).RootElement.GetProperty("path").GetString()!)));
    }

    [Fact]
    public async Task A_link_that_is_given_is_not_followed_either()
    {
        var link = _folder.File("link.txt");
        File.CreateSymbolicLink(link, Repository.Sample("note.txt"));
        var run = await Run.OfAsync("inspect", "--json", link);
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains("links are not followed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_path_ends_with_2_but_the_others_are_judged()
    {
        var run = await Run.OfAsync("inspect", "--json", _folder.File("nothing"), Repository.Sample("note.txt"));
        Assert.Equal(2, run.Code);
        Assert.Single(run.Lines);
        Assert.Contains("there is no such file or folder", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configured_policy_judges()
    {
        var types = await Run.OfAsync("inspect", "--json", "--Limits:AllowedTypes:0=image/jpeg", Repository.Sample("gatehouse.png"));
        Assert.Equal(1, types.Code);
        Assert.Contains("\"type-not-allowed\"", types.Output, StringComparison.Ordinal);
        var size = await Run.OfAsync("inspect", "--json", "--Limits:MaxFileBytes=2462", Repository.Sample("gatehouse.png"));
        Assert.Equal(1, size.Code);
        Assert.Contains("\"file-too-large\"", size.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limits:MaxFileBytes")]
    [InlineData("LargeFiles:MaxFileBytes")]
    public async Task A_wrong_limit_is_named_and_nothing_is_judged_by_another(string key)
    {
        var run = await Run.OfAsync("inspect", $"--{key}=few", Repository.Sample("note.txt"));
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.StartsWith($"{key} is \"few\": ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_refused_as_empty()
    {
        var empty = _folder.File("empty.txt");
        await File.WriteAllBytesAsync(empty, []);
        var run = await Run.OfAsync("inspect", "--json", empty);
        Assert.Equal(1, run.Code);
        Assert.Contains("\"code\":\"file-empty\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_named_with_2_and_not_passed_over()
    {
        await File.WriteAllTextAsync(_folder.File("ok.txt"), "A note.\n");
        using (var shell = System.Diagnostics.Process.Start("sh", ["-c", "cd \"$1\" && printf MZ > \"$(printf 'bad\\377.txt')\"", "sh", _folder.Path])) await shell.WaitForExitAsync();
        var run = await Run.OfAsync("inspect", "--json", _folder.Path);
        Assert.Equal(2, run.Code);
        Assert.Single(run.Lines);
        Assert.Contains("it cannot be looked at", run.Errors, StringComparison.Ordinal);
        File.Delete(_folder.File("ok.txt"));
        using (var shell = System.Diagnostics.Process.Start("sh", ["-c", "rm -f \"$1\"/*", "sh", _folder.Path])) await shell.WaitForExitAsync();
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect", "--jsn", "x")]
    [InlineData("inspect", "--Limits:MaxPixels=few", "x")]
    public async Task What_cannot_run_ends_with_2_and_prints_no_verdict(params string[] words)
    {
        var run = await Run.OfAsync(words);
        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public async Task What_only_the_server_needs_does_not_keep_inspect_from_running() =>
        Assert.Equal(0, (await Run.OfAsync("inspect", "--environment=Production", Repository.Sample("note.txt"))).Code);
}
