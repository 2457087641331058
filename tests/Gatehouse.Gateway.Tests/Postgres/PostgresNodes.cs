using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Gateway.Tests.Postgres;

/// <summary>Gateways that share one database, each with a folder of its own, and the simulator that they deliver to.</summary>
public abstract class PostgresNodes : IAsyncLifetime
{
    private readonly List<string> _folders = [];
    private readonly List<RunningGateway> _nodes = [];
    private readonly Lazy<TestDatabase> _database = new(() => new TestDatabase());
    private SimulatedGenesys? _genesys;

    internal SimulatedGenesys Genesys => _genesys!;

    internal TestDatabase Database => _database.Value;

    public async Task InitializeAsync() => _genesys = await SimulatedGenesys.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await _genesys!.DisposeAsync();
        if (_database.IsValueCreated) _database.Value.Dispose();
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
    }

    private protected string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-").FullName;
        _folders.Add(folder);
        return folder;
    }

    private protected async Task<RunningGateway> StartNodeAsync(string blobs = BlobsOptions.Postgres, string? folder = null, string? connectionString = null, TimeProvider? time = null, Action<IServiceCollection>? services = null, IDeliveryRoute? route = null)
    {
        var options = RunningGateway.Options(folder ?? NewFolder(), Genesys.Url) with
        {
            State = new StateOptions { Store = StateStore.Postgres, ConnectionString = connectionString ?? Database.ConnectionString },
            Blobs = new BlobsOptions { Store = blobs },
        };
        if (route is not null) options = options with { Delivery = options.Delivery with { Route = route.Name } };
        var node = await RunningGateway.StartAsync(options, own =>
        {
            own.AddSingleton(time ?? TimeProvider.System);
            if (route is not null) own.AddSingleton(route);
            services?.Invoke(own);
        });
        _nodes.Add(node);
        return node;
    }

    /// <summary>A text of about <paramref name="kilobytes"/>.</summary>
    private protected static string Text(int kilobytes, string word) => string.Join('\n', Enumerable.Range(0, kilobytes * 16).Select(line => $"{word} {line,-56}"));
}
