using System.Text.Json;

namespace Gatehouse.Scenarios.Harness;

/// <summary>The real <c>Api</c> as a process, with a data folder that outlives it: it can be killed and started again.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    /// <summary>Between a supervisor's looks: under load each one takes from what it waits for.</summary>
    private static readonly TimeSpan SupervisorsPace = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, string> _environment;
    private readonly List<ServerProcess> _launched = [];
    private ServerProcess? _process;

    /// <param name="settings">Beside or instead of what a test needs anyway; null takes a key away.</param>
    public GatewayProcess(Uri? simulator, params (string Key, string? Value)[] settings)
    {
        Url = FreePort.Address();
        _environment = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Urls"] = Url.GetLeftPart(UriPartial.Authority),
            ["Data__Directory"] = _data.Path,
        };
        if (simulator is null)
        {
            EmbeddedSimulator = new SimulatorClient(FreePort.Address());
            _environment["Simulator__Url"] = EmbeddedSimulator.Url.GetLeftPart(UriPartial.Authority);
        }
        else
        {
            _environment["Simulator__Url"] = "";
            _environment["Genesys__LoginBaseAddress"] = _environment["Genesys__ApiBaseAddress"] = simulator.GetLeftPart(UriPartial.Authority);
            _environment["Genesys__ClientId"] = "scenarios";
            _environment["Genesys__ClientSecret"] = "scenarios";
            _environment["Genesys__RequestsPerMinute"] = "0";
            _environment["Delivery__Route"] = "contact-attachments";
        }

        foreach (var (key, value) in settings)
        {
            var name = key.Replace(":", "__", StringComparison.Ordinal);
            if (value is null) _environment.Remove(name);
            else _environment[name] = value;
        }

        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(90) };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>Null where the simulator is a process of its own.</summary>
    public SimulatorClient? EmbeddedSimulator { get; }

    public string DataFolder => _data.Path;

    public ServerProcess Process => _process ?? throw new InvalidOperationException("not started");

    public static async Task<GatewayProcess> StartAsync(Uri? simulator, params (string Key, string? Value)[] settings)
    {
        var gateway = new GatewayProcess(simulator, settings);
        try
        {
            await gateway.StartAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>What all of its processes have said.</summary>
    public IEnumerable<string> Said => _launched.SelectMany(p => p.Output.Concat(p.Errors));

    public ServerProcess Launch(params string[] arguments)
    {
        _process = ServerProcess.Start(Programs.Api, arguments, _environment, _data.Path);
        _launched.Add(_process);
        return _process;
    }

    /// <param name="supervised">A process that ends by itself meanwhile, as one does without its database, is started again.</param>
    public async Task StartAsync(bool supervised = false)
    {
        var process = Launch();
        await Eventually.HoldsAsync("the gateway is ready", async () =>
        {
            if (supervised && process.HasExited)
            {
                await process.DisposeAsync();
                process = Launch();
            }

            Assert.False(process.HasExited, "the gateway ended: " + process.Transcript);
            try
            {
                using var answer = await Http.GetAsync("/health/ready");
                return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            }
            catch (HttpRequestException e)
            {
                return e.Message + "\n" + process.Transcript;
            }
        }, pace: supervised ? SupervisorsPace : null);
    }

    /// <summary>Kill -9, and up again over the same data.</summary>
    public async Task KillAndRestartAsync()
    {
        await Process.KillAsync();
        await Process.DisposeAsync();
        await StartAsync();
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement.Clone();
    }

    /// <summary>Files that are waiting in the spool or in the blob store.</summary>
    public IReadOnlyList<string> FilesIn(string folder)
    {
        var path = _data.File(folder);
        return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)] : [];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        EmbeddedSimulator?.Dispose();
        Http.Dispose();
        _data.Dispose();
    }
}
