using System.Collections.Concurrent;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Credentials;
using Gatehouse.Genesys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Tests.Credentials;

/// <summary>Secrets are read again by the clock: nothing of a look stays, and a trouble is told once.</summary>
public sealed class CredentialsWatchTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly ManualTime _clock = new();
    private readonly Source _source = new();
    private readonly ConfigurationManager _configuration = new();
    private readonly ClientCredentials[] _clients = [new("ada", "one"), new("bob", "two")];
    private readonly Lines _log = new();
    private readonly CredentialsWatch _watch;

    public CredentialsWatchTests()
    {
        Configure("one", "two");
        ((IConfigurationBuilder)_configuration).Add(_source);
        _watch = new CredentialsWatch(new ConfigurationAgain(_configuration), _clients, new GatehouseOptions(), _clock, _log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_look_has_read_is_disposed_and_the_starts_own_is_not(bool throughAlias)
    {
        if (throughAlias) _source.Values = new() { ["GENESYS_CLIENT_ID"] = "ada", ["GENESYS_CLIENT_SECRET"] = "new" };
        else Configure("new", "two");
        var starts = Assert.Single(_source.Built);
        for (var look = 1; look <= 3; look++) await LookAsync();
        Assert.Equal("new", _clients[0].Secret);
        Assert.Equal(0, starts.Disposed);
        Assert.All(_source.Built.Skip(1), again => Assert.NotEqual(0, again.Disposed));
    }

    [Fact]
    public async Task A_trouble_of_each_client_is_told_once_until_it_is_over()
    {
        Configure("", "");
        for (var look = 1; look <= 3; look++) await LookAsync();
        Assert.Equal(["ada", "bob"], Told());
        Configure("one", "");
        await LookAsync();
        Configure("", "");
        await LookAsync();
        Assert.Equal(["ada", "bob", "ada"], Told());
    }

    public void Dispose() => _configuration.Dispose();

    private void Configure(string ada, string bob) => _source.Values = new()
    {
        ["Genesys:Clients:0:ClientId"] = "ada",
        ["Genesys:Clients:0:ClientSecret"] = ada,
        ["Genesys:Clients:1:ClientId"] = "bob",
        ["Genesys:Clients:1:ClientSecret"] = bob,
    };

    /// <summary>One look, to its end: a watch that is stopped ends after it.</summary>
    private async Task LookAsync()
    {
        using var stop = new CancellationTokenSource();
        var running = _watch.RunAsync(stop.Token);
        var built = _source.Built.Count;
        _clock.Advance(Look);
        await Eventually.TrueAsync(() => _source.Built.Count > built);
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private IEnumerable<string> Told() => _log.Told.Select(line => _clients.Single(client => line.Contains($"client {client.ClientId} ", StringComparison.Ordinal)).ClientId);

    private sealed class Source : IConfigurationSource
    {
        public Dictionary<string, string?> Values { get; set; } = [];

        public ConcurrentQueue<Provider> Built { get; } = new();

        public IConfigurationProvider Build(IConfigurationBuilder builder)
        {
            var provider = new Provider(Values);
            Built.Enqueue(provider);
            return provider;
        }
    }

    private sealed class Provider : ConfigurationProvider, IDisposable
    {
        private int _disposed;

        public Provider(Dictionary<string, string?> values) => Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);

        public int Disposed => Volatile.Read(ref _disposed);

        public void Dispose() => Interlocked.Increment(ref _disposed);
    }

    private sealed class Lines : ILogger<CredentialsWatch>
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Told.Enqueue(formatter(state, exception));
    }
}
