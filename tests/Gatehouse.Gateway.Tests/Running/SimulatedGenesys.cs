using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Simulator;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>The simulator on a free port of this process.</summary>
internal sealed class SimulatedGenesys : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private SimulatedGenesys(WebApplication app)
    {
        _app = app;
        Url = SimulatorHost.BoundAddress(app);
        _http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public static async Task<SimulatedGenesys> StartAsync(TimeProvider? time = null)
    {
        var app = SimulatorHost.Build(new SimulatorOptions { Url = "http://127.0.0.1:0", Seed = 7 }, time);
        Assert.Null(await SimulatorHost.TryStartAsync(app));
        return new SimulatedGenesys(app);
    }

    public async Task FaultsAsync(object faults)
    {
        using var reply = await _http.PostAsJsonAsync("/simulator/faults", faults);
        reply.EnsureSuccessStatusCode();
    }

    public Task HealAsync() => FaultsAsync(new { });

    public async Task<List<JsonElement>> ReceivedAsync() => [.. (await _http.GetFromJsonAsync<JsonElement>("/simulator/received")).EnumerateArray()];

    /// <summary>The bytes' hashes, in order of arrival.</summary>
    public async Task<List<string>> HashesAsync() => [.. (await ReceivedAsync()).Select(r => r.GetProperty("sha256").GetString()!)];

    /// <summary>The contacts that were made, and how often by each alias.</summary>
    public Task<JsonElement> ContactsAsync() => _http.GetFromJsonAsync<JsonElement>("/simulator/contacts");

    public Task<JsonElement> StatsAsync() => _http.GetFromJsonAsync<JsonElement>("/simulator/stats");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
