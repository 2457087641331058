using System.Collections.Concurrent;
using Gatehouse.Actors.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Genesys.Tests;

/// <summary>A gate between a token actor that the test plays and a real login server, on a clock that the test moves.</summary>
internal sealed class GateRig : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;

    private GateRig(GenesysStub stub, Action<GenesysOptions>? configure)
    {
        Stub = stub;
        Options = stub.Options();
        configure?.Invoke(Options);
        _http = GenesysHttp.Create(Options);
        Credentials = Options.Credentials()[0];
        Gate = new TokenGate(Desk, new OAuthClient(_http, Options, Credentials, Clock, Telemetry), "node-1", Clock, new Random(1), Telemetry, Log);
    }

    public GenesysStub Stub { get; }

    public GenesysOptions Options { get; }

    public ClientCredentials Credentials { get; }

    public Desk Desk { get; } = new();

    public ManualTime Clock { get; } = new();

    public Telemetry Telemetry { get; } = new();

    public ListLogger<TokenGate> Log { get; } = new();

    public TokenGate Gate { get; }

    public static async Task<GateRig> StartAsync(Action<GenesysOptions>? configure = null) => new(await GenesysStub.StartAsync(), configure);

    /// <summary>A lease of 2 s from the actor's clock, which is an hour ahead of the node's.</summary>
    public TokenReply.Lease Lease(
        ReadOnlyMemory<byte> token, long version = 1, bool unlimited = false, int permits = 0, double firstInSeconds = 0, double intervalSeconds = 0.2,
        double? pausedForSeconds = null, long? refreshFence = null, double askAgainInSeconds = 2, double tokenLivesSeconds = 3600)
    {
        var now = Clock.GetUtcNow().AddHours(1);
        return new TokenReply.Lease(
            now, now.AddSeconds(2), token, version, now.AddSeconds(tokenLivesSeconds), unlimited, permits, now.AddSeconds(firstInSeconds), TimeSpan.FromSeconds(intervalSeconds),
            pausedForSeconds is { } paused ? now.AddSeconds(paused) : null, refreshFence, now.AddSeconds(askAgainInSeconds));
    }

    /// <summary>Lets the gate refresh once, and returns the sealed token that it reported.</summary>
    public async Task<ReadOnlyMemory<byte>> FirstTokenAsync()
    {
        var waiting = Gate.TakeAsync(CancellationToken.None).AsTask();
        (await Desk.NextAsync<TakeLease>()).Reply(Lease(default, version: 0, refreshFence: 1));
        var report = await Desk.NextAsync<Refreshed>();
        report.Done();
        var token = ((Refreshed)report.Command).Token;
        (await Desk.NextAsync<TakeLease>()).Reply(Lease(token, permits: 1));
        Assert.Equal("token-1", (await waiting).AccessToken);
        Clock.Advance(TimeSpan.FromSeconds(2));
        return token;
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        _http.Dispose();
        await Stub.DisposeAsync();
    }
}

internal sealed class ListLogger<T> : ILogger<T>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
}
