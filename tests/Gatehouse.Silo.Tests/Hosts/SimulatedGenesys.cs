using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Simulator;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.Silo.Tests.Hosts;

/// <summary>The simulator, and what it saw.</summary>
internal sealed class SimulatedGenesys : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private SimulatedGenesys(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url => SimulatorHost.BoundAddress(_app);

    public static async Task<SimulatedGenesys> StartAsync()
    {
        var app = SimulatorHost.Build(new SimulatorOptions { Url = "http://127.0.0.1:0", Seed = 7 });
        Assert.Null(await SimulatorHost.TryStartAsync(app));
        return new SimulatedGenesys(app);
    }

    /// <summary>The SHA-256 of all that a contact was sent, in order.</summary>
    public async Task<IReadOnlyList<string>> ReceivedAsync(string contact) =>
        [.. (await GetAsync("received")).EnumerateArray().Where(call => call.GetProperty("contact_id").ValueEquals(contact)).Select(call => call.GetProperty("sha256").GetString()!)];

    public async Task<int> TokenRequestsAsync() => (await GetAsync("stats")).GetProperty("token_requests").GetInt32();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private Task<JsonElement> GetAsync(string what) => _http.GetFromJsonAsync<JsonElement>($"/simulator/{what}");
}
