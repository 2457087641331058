using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios.BehindNginx;

/// <summary>Real nginx with the configuration of <c>deploy/nginx</c>. Its address and its nodes are the test's; every other line is as it is deployed.</summary>
internal sealed partial class NginxProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _prefix;
    private readonly ServerProcess _process;

    private NginxProcess(Uri url, TemporaryFolder prefix, ServerProcess process)
    {
        (Url, _prefix, _process) = (url, prefix, process);
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public string Transcript => _process.Transcript;

    public static async Task<NginxProcess> StartAsync(params Uri[] nodes)
    {
        var (url, prefix) = (FreePort.Address(), new TemporaryFolder());
        var deployed = Path.Combine(Repository.Root, "deploy", "nginx");
        File.Copy(Path.Combine(deployed, "nginx.conf"), prefix.File("nginx.conf"));
        await File.WriteAllTextAsync(prefix.File("gatehouse.conf"), With(url, nodes, await File.ReadAllTextAsync(Path.Combine(deployed, "gatehouse.conf"))));

        // Only root may choose whom nginx runs as; it would choose another than the one who owns the prefix.
        string[] user = string.Equals(Environment.UserName, "root", StringComparison.Ordinal) ? ["-g", "user root;"] : [];
        var process = ServerProcess.StartProgram("nginx", ["-e", "stderr", "-p", prefix.Path + "/", "-c", prefix.File("nginx.conf"), .. user], new Dictionary<string, string>(StringComparer.Ordinal), prefix.Path);
        var nginx = new NginxProcess(url, prefix, process);
        try
        {
            await nginx.ListensAsync();
            return nginx;
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    /// <summary>The access log's line about a request, by the name that its answer carried.</summary>
    public Task<JsonElement> LogLineAsync(string requestId) => Eventually.GetAsync($"nginx logs request {requestId}", () =>
    {
        var line = _process.Output.SingleOrDefault(l => l.Contains($"\"request_id\":\"{requestId}\"", StringComparison.Ordinal));
        return Task.FromResult((line is not null, line is null ? default : JsonDocument.Parse(line).RootElement));
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // Told to end it ends its workers too; a killed one would leave them.
        if (!_process.HasExited) await _process.TerminateAsync();
        await _process.DisposeAsync();
        _prefix.Dispose();
    }

    private static string With(Uri url, IReadOnlyList<Uri> nodes, string deployed)
    {
        Assert.Single(Listen().Matches(deployed));
        var first = NodeLine().Match(deployed);
        Assert.True(first.Success, "no node in gatehouse.conf");
        var lines = string.Concat(nodes.Select(n => $"    server {n.Authority} {first.Groups["parameters"].Value};\n"));
        return Listen().Replace(NodeLine().Replace(deployed.Insert(first.Index, lines), "", -1, first.Index + lines.Length), $"listen {url.Authority};");
    }

    private Task ListensAsync() => Eventually.HoldsAsync("nginx listens", async () =>
    {
        Assert.False(_process.HasExited, "nginx ended: " + Transcript);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(Url.Host, Url.Port);
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    });

    [GeneratedRegex("listen 8080;", RegexOptions.None, 1000)]
    private static partial Regex Listen();

    [GeneratedRegex("^    server gatehouse-[0-9]+:8080 (?<parameters>[^;]+);\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NodeLine();
}
