using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tests.Engine;
using Gatehouse.Actors.Tokens;
using Gatehouse.Silo.Asking;
using Gatehouse.Silo.Grains;
using Gatehouse.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace Gatehouse.Silo.Tests.Clusters;

/// <summary>Three silos of this process over one store, tuned as the product's are, with an edge at each.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private readonly IUploadRows _rows;

    private SiloCluster(InProcessTestCluster cluster, FaultyStore store, IUploadRows rows, ContactActor contact) => (_cluster, Store, _rows, Contact) = (cluster, store, rows, contact);

    /// <summary>What the grains save to: the real store, and the test may hold it up.</summary>
    public FaultyStore Store { get; }

    public ContactActor Contact { get; }

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public static async Task<SiloCluster> StartAsync<TStore>(TStore real, ContactRules? rules = null, Action<ISiloBuilder>? more = null)
        where TStore : IActorStore, IUploadRows
    {
        var store = new FaultyStore(real);
        var contact = new ContactActor(rules ?? new ContactRules { MaxFiles = 1000, MaxAttempts = 1000 });
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.TuneForGatehouse();
            silo.Services.AddSingleton<IActorStore>(store).AddSingleton(contact).AddSingleton(new TokenActor(new TokenRules { RequestsPerMinute = 0 })).AddSingleton(TimeProvider.System);
            more?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SiloCluster(cluster, store, real, contact);
    }

    /// <summary>The contacts as the edge in one of the silos asks them.</summary>
    public IActors<ContactCommand, ContactReply> Contacts(InProcessSiloHandle at, AskLimits? limits = null, params IRecordObserver[] observers) => new GrainActors<IContactGrain, ContactCommand, ContactReply>(
        at.ServiceProvider.GetRequiredService<IGrainFactory>(), observers, signal: null, limits ?? new AskLimits(), TimeProvider.System, Random.Shared, Contact.Name, NullLogger.Instance);

    /// <summary>An edge in each silo.</summary>
    public IReadOnlyList<IActors<ContactCommand, ContactReply>> Edges() => [.. Silos.Select(silo => Contacts(silo))];

    /// <summary>Where a contact's activation is; null: nowhere.</summary>
    public async Task<InProcessSiloHandle?> OwnerAsync(string contact)
    {
        var address = await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(_cluster.Client.GetGrain<IContactGrain>(contact));
        return address is null ? null : Silos.Single(silo => silo.SiloAddress.Equals(address));
    }

    /// <summary>The activation that a contact has now.</summary>
    public ActivationId ActivationOf(string contact) =>
        _cluster.TryGetGrainContext(_cluster.Client.GetGrain<IContactGrain>(contact).GetGrainId(), out var context) ? context.ActivationId : default;

    public Task KillAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    public async Task<IReadOnlyList<UploadRow>> RowsAsync(string contact) => await _rows.ListAsync(contact, before: null, limit: 1000, CancellationToken.None);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
