using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gatehouse.Scenarios;

/// <summary>The README's commands, word for word, on its ports; the answer that it prints is the answer that comes.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
    private static readonly List<string> Commands = [.. ShellBlock().Matches(Readme).Select(m => m.Groups["text"].Value.Trim())];

    [Fact]
    public async Task The_commands_do_what_the_README_says()
    {
        Assert.Equal("./test.sh", Commands[1]);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Repository.Root, "test.sh")).HasFlag(UnixFileMode.UserExecute));
        AssertFree(8080);
        AssertFree(8090);

        using var data = new TemporaryFolder();
        using var server = Shell(Commands[0], data);
        try
        {
            await AnswersAsync(server);
            var answer = await OutputAsync(Commands[2], data);
            var printed = JsonBlock().Match(Readme).Groups["text"].Value;
            Assert.Equal(Shape(printed), Shape(answer));

            var received = JsonDocument.Parse(await OutputAsync(Commands[3], data)).RootElement;
            Assert.Equal(1, received.GetArrayLength());
            Assert.Equal(JsonDocument.Parse(answer).RootElement.GetProperty("upload").GetProperty("sha256").GetString(), received[0].GetProperty("sha256").GetString());

            Assert.Contains("\"duplicate\":true", await OutputAsync(Commands[2], data), StringComparison.Ordinal);
            Assert.Equal(1, JsonDocument.Parse(await OutputAsync(Commands[3], data)).RootElement.GetArrayLength());
            Assert.Contains("\"type-not-allowed\"", await OutputAsync(Commands[2].Replace("gatehouse.png", "program.png", StringComparison.Ordinal), data), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }

        Assert.Contains("refuse  samples/program.png", await OutputAsync(Commands[4].Replace("dotnet run", "dotnet run --no-build", StringComparison.Ordinal), data), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_links_lead_somewhere() => Assert.All(
        Link().Matches(Readme).Select(m => m.Groups["to"].Value).Where(to => !to.StartsWith("http", StringComparison.Ordinal)),
        to => Assert.True(File.Exists(Path.Combine(Repository.Root, to)), "README.md links to " + to));

    /// <summary>Every member with its value, those that differ from run to run with their kind.</summary>
    private static List<string> Shape(string json)
    {
        List<string> lines = [];
        Walk("", JsonDocument.Parse(json).RootElement);
        return lines;

        void Walk(string path, JsonElement element)
        {
            if (element.ValueKind is JsonValueKind.Object)
                foreach (var member in element.EnumerateObject()) Walk($"{path}/{member.Name}", member.Value);
            else
                lines.Add($"{path} {(path.StartsWith("/result", StringComparison.Ordinal) || path is "/upload/id" or "/upload/created_at" or "/upload/delivered_at" ? element.ValueKind.ToString() : element.GetRawText())}");
        }
    }

    private static Process Shell(string command, TemporaryFolder data)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("GENESYS_", StringComparison.Ordinal) || n.Contains("__", StringComparison.Ordinal) || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        // A data folder of its own: what an earlier run sent would be a duplicate.
        start.Environment["Data__Directory"] = data.Path;
        return Process.Start(start)!;
    }

    private static async Task<string> OutputAsync(string command, TemporaryFolder data)
    {
        using var process = Shell(command, data);
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return await output;
    }

    private static async Task AnswersAsync(Process server)
    {
        using var http = new HttpClient();
        await Eventually.HoldsAsync("the README's server is ready", async () =>
        {
            Assert.False(server.HasExited, "dotnet run ended");
            try
            {
                using var answer = await http.GetAsync("http://127.0.0.1:8080/health/ready");
                return answer.IsSuccessStatusCode ? null : answer.StatusCode.ToString();
            }
            catch (HttpRequestException e)
            {
                return e.Message;
            }
        }, seconds: 180);
    }

    private static void AssertFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var taken = Record.Exception(() => probe.Bind(new IPEndPoint(IPAddress.Loopback, port)));
        Assert.True(taken is null, $"Port {port}, which the README uses, is taken: stop what uses it and run this test again.");
    }

    [GeneratedRegex("```sh\\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("```json\\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("\\]\\((?<to>[^)#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
