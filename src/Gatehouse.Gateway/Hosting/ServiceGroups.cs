using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Actors.Engine.Sweeping;
using Gatehouse.Actors.Tokens;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Credentials;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Endpoints;
using Gatehouse.Gateway.Events;
using Gatehouse.Gateway.Health;
using Gatehouse.Gateway.Links;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Gateway.Quarantine;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Gateway.Telemetry;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;
using Gatehouse.Inspection;
using Gatehouse.Storage;
using Gatehouse.Storage.Azure;
using Gatehouse.Storage.Memory;
using Gatehouse.Storage.Postgres;
using Gatehouse.Storage.S3;
using Gatehouse.Storage.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Hosting;

/// <summary>Which parts there are and how they hang together: one method a room.</summary>
internal static class ServiceGroups
{
    /// <summary>The folder, the stores, the spool. The folder's lock is taken here, before anything else touches it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, GatehouseOptions options)
    {
        services.AddSingleton(_ => DataFolder.Open(options.Data.Directory));
        services.AddSingleton(s => SpoolOf(s.GetRequiredService<DataFolder>(), options));
        services.AddBlobs(options);
        switch (options.State.Store)
        {
            case StateStore.Postgres:
                services.AddSingleton(_ => PostgresDatabase.Open(options.State.ConnectionString));
                services.TryAddSingleton<IEndNotices, PostgresEndNotices>();
                return services.AddSingleton<PostgresStore>().AddStore<PostgresStore>();
            case StateStore.Memory:
                return services.AddSingleton<MemoryStore>().AddStore<MemoryStore>();
            default:
                services.AddSingleton(s => SqliteStore.Open(s.GetRequiredService<DataFolder>().DatabasePath, s.GetRequiredService<TimeProvider>()));
                return services.AddStore<SqliteStore>();
        }
    }

    public static IServiceCollection AddActors(this IServiceCollection services, GatehouseOptions options)
    {
        services.AddSingleton<FreshStart>();
        services.AddSingleton(Node.Start(options.State.SoleOwner));
        services.AddSingleton(new DueSignal());
        services.AddSingleton(ContactRulesOf(options));
        services.AddSingleton(new StoredEngineOptions { SoleOwner = options.State.SoleOwner });
        services.AddSingleton(s => new ContactActor(s.GetRequiredService<ContactRules>()));
        services.AddSingleton(new TokenActor(new TokenRules { RequestsPerMinute = options.Genesys.RequestsPerMinute }));
        services.TryAddSingleton<IActors<ContactCommand, ContactReply>>(s => s.Engine(s.GetRequiredService<ContactActor>(), s.GetServices<IRecordObserver>(), s.GetRequiredService<DueSignal>()));
        services.TryAddSingleton<IActors<TokenCommand, TokenReply>>(s => s.Engine(s.GetRequiredService<TokenActor>(), [], signal: null));
        services.AddSingleton(s => new BlobDropper(s.GetRequiredService<IBlobStore>(), s.GetRequiredService<FilePlaces>().WithTurnBytes, s.GetRequiredService<ILogger<BlobDropper>>()));
        services.AddSingleton<IRecordObserver>(s => s.GetRequiredService<BlobDropper>());
        services.AddSingleton(s => new DuePump(
            s.GetRequiredService<IActorStore>(), s.GetRequiredService<ContactActor>().Name, s.GetRequiredService<Deliveries>(), Deliveries.TakenFor,
            s.GetRequiredService<DueSignal>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<DuePump>>(),
            options.State.SoleOwner ? TimeSpan.Zero : s.GetRequiredService<ContactRules>().LongestWait));
        services.AddSingleton(s => new Sweeper(
            s.GetRequiredService<IUploadRows>(), s.GetRequiredService<IBlobStore>(), SweeperOptionsOf(options), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Sweeper>>()));
        return services;
    }

    public static IServiceCollection AddGenesys(this IServiceCollection services, GatehouseOptions options)
    {
        var genesys = options.Genesys.ToGenesys();
        genesys.MaxRetryAfterSeconds = options.Delivery.MaxRetryAfterSeconds;
        services.AddSingleton(genesys);
        services.AddSingleton(s => GenesysHttp.Create(s.GetRequiredService<GenesysOptions>()));
        services.AddSingleton<IGenesysTelemetry, GenesysTelemetry>();
        services.AddSingleton(genesys.Credentials());
        services.AddSingleton<ITokenGate>(s => s.GetRequiredService<IReadOnlyList<ClientCredentials>>() is [var only] ? s.GateOf(only) : new ClientPool([.. s.GetRequiredService<IReadOnlyList<ClientCredentials>>().Select(s.GateOf)]));
        services.AddSingleton<CredentialsWatch>();
        services.AddSingleton<GenesysClient>();
        services.AddSingleton(options.Contacts.ToGenesys());
        services.AddSingleton<IContactResolver, ContactResolver>();
        return services.AddRoutes(options);
    }

    public static IServiceCollection AddDelivery(this IServiceCollection services, GatehouseOptions options)
    {
        services.AddSingleton(s => new Routes(s.GetServices<IDeliveryRoute>().Select(r => new RouteInUse(r, new RouteHealth(s.GetRequiredService<TimeProvider>(), Random.Shared))), options.Delivery.Route));
        services.AddSingleton<Outcomes>();
        // Before the outcomes: a caller who has been told waits no longer, and every end would be told to the other nodes.
        if (!options.State.SoleOwner) services.AddSingleton<OtherNodes>().AddSingleton<IRecordObserver>(s => s.GetRequiredService<OtherNodes>());
        services.AddSingleton<IRecordObserver>(s => s.GetRequiredService<Outcomes>());
        services.AddSingleton<AttemptNotes>();
        services.AddSingleton(s => new LeaseKeeper(
            s.GetRequiredService<IActors<ContactCommand, ContactReply>>(), s.GetRequiredService<ContactRules>(), TimeSpan.FromSeconds(options.Delivery.AttemptTimeoutSeconds),
            () => s.GetRequiredService<ITokenGate>().PausedUntil is not null, s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(FilePlaces.SmallWithTurn);
        services.AddSingleton<UploadFiles>();
        services.AddSingleton<NextInLine>();
        services.AddSingleton<Attempt>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton<Recovery>();
        return services;
    }

    public static IServiceCollection AddLinks(this IServiceCollection services, GatehouseOptions options)
    {
        services.AddSingleton(options.Links);
        services.AddSingleton(new LinkSigner(options.Links.Keys));
        services.AddSingleton(s => new LinksGivenOut(LinkRules.AreTheStores(options) ? ActivatorUtilities.CreateInstance<StoreLinks>(s) : ActivatorUtilities.CreateInstance<GatehouseLinks>(s), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IFileLinks>(s => s.GetRequiredService<LinksGivenOut>());
        services.AddSingleton<LinkedFiles>().AddSingleton<FileLinkEndpoint>();
        if (options.Links.Keys.Count > 0) services.AddSingleton<IHttpContextFactory, PresentedLinks>();
        return services;
    }

    public static IServiceCollection AddPipeline(this IServiceCollection services, GatehouseOptions options)
    {
        services.AddSingleton(new Inspector(options.Limits.ToInspectionPolicy()));
        services.AddSingleton(s => new ApiKeys(options.ApiKeys, s.GetRequiredService<IHostEnvironment>().IsDevelopment(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ReceiveSlots(options.Quotas.MaxConcurrent, TimeSpan.FromSeconds(10), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new StoredBytesGuard(s.GetRequiredService<IBlobStore>(), s.GetRequiredService<ISmallFiles>(), s.GetRequiredService<FilePlaces>(), options.Limits.MaxStoredBytes));
        services.AddSingleton<IRecordObserver>(s => s.GetRequiredService<StoredBytesGuard>());
        services.AddSingleton(s => new SpoolProbe(s.GetRequiredService<DataFolder>().SpoolPath));
        services.AddSingleton(s => new ObjectStoreProbe(options.Blobs.Store is BlobsOptions.S3 or BlobsOptions.Azure ? s.GetRequiredService<IBlobStore>() : null, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ObjectStoreProbe>>()));
        services.AddSingleton<Readiness>();
        services.AddSingleton<KeysInProgress>().AddSingleton<UploadsUnderWay>();
        services.AddSingleton(s => new StatusWatches(options.Limits.MaxEventStreams, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRecordObserver>(s => s.GetRequiredService<StatusWatches>());
        services.AddSingleton<StatusEvents>();
        services.AddSingleton<RouteChoice>();
        services.AddSingleton<Authenticate>().AddSingleton<Pipeline.Knock>().AddSingleton<Receive>().AddSingleton<Inspect>();
        services.AddSingleton<Pipeline.Admit>().AddSingleton<Deliver>().AddSingleton<Pipeline.Complete>();
        services.AddSingleton<UploadPipeline>().AddSingleton<RefusedAttempts>().AddSingleton<AnswerWriter>().AddSingleton<UploadLog>();
        services.AddSingleton<UploadEndpoint>().AddSingleton<UploadLookUp>().AddSingleton<LookUpEndpoints>().AddSingleton<EventsEndpoint>().AddSingleton<PolicyEndpoints>();
        services.AddSingleton<HealthEndpoints>().AddSingleton<MetricsEndpoint>().AddSingleton<HomePage>();
        return services;
    }

    public static IServiceCollection AddAudit(this IServiceCollection services, GatehouseOptions options)
    {
        services.AddSingleton(s => new AuditTrail(s.GetService<AuditLog>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new AuditLine(new Pseudonyms(options.Audit.HashKey)));
        if (options.Audit.RetentionDays == 0) return services;
        services.AddSingleton(s => new AuditFiles(
            OwnedFolder.Open(Keys.AuditDirectory.Name, options.Audit.Directory ?? Path.Combine(s.GetRequiredService<DataFolder>().Root, "audit")), options.Audit.MaxFileBytes));
        services.AddSingleton(s => new AuditLog(
            s.GetRequiredService<AuditFiles>(), s.GetRequiredService<AuditLine>(), options.Audit.RetentionDays, s.GetRequiredService<GatewayMetrics>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<AuditLog>>()));
        return services.AddHostedService(s => s.GetRequiredService<AuditLog>());
    }

    public static IServiceCollection AddScanner(this IServiceCollection services, GatehouseOptions options)
    {
        if (options.Scanner.Clamd is null) return services;
        services.AddSingleton(options.Scanner);
        services.AddSingleton<Scanner>().AddSingleton<FileScan>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<ScannerWatch>(s, options.MostFileBytes));
        return services.AddHostedService(s => s.GetRequiredService<ScannerWatch>());
    }

    public static IServiceCollection AddQuarantine(this IServiceCollection services, GatehouseOptions options)
    {
        if (options.Quarantine.Directory is not { } directory) return services;
        services.AddSingleton(_ => new QuarantineFolder(OwnedFolder.Open(Keys.QuarantineDirectory.Name, directory), options.Quarantine.MaxBytes));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<QuarantineKeeper>(s, TimeSpan.FromDays(options.Quarantine.RetentionDays)));
        return services.AddHostedService(s => s.GetRequiredService<QuarantineKeeper>());
    }

    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<Gauges>();
        services.AddSingleton<EndedUploads>();
        services.AddSingleton<IRecordObserver>(s => s.GetRequiredService<EndedUploads>());
        return services;
    }

    private static TokenGate GateOf(this IServiceProvider services, ClientCredentials client)
    {
        var (time, telemetry) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IGenesysTelemetry>());
        var login = new OAuthClient(services.GetRequiredService<HttpMessageInvoker>(), services.GetRequiredService<GenesysOptions>(), client, time, telemetry);
        return new TokenGate(services.GetRequiredService<IActors<TokenCommand, TokenReply>>(), login, services.GetRequiredService<Node>().Id, time, Random.Shared, telemetry, services.GetRequiredService<ILogger<TokenGate>>());
    }

    private static void AddBlobs(this IServiceCollection services, GatehouseOptions options)
    {
        if (options.Blobs.Store is BlobsOptions.Postgres)
            services.AddSingleton<IBlobStore>(s => new PostgresBlobStore(s.GetRequiredService<PostgresDatabase>(), s.GetRequiredService<Spool>(), s.GetRequiredService<TimeProvider>()));
        else if (options.Blobs.Bucket is { } bucket)
            services.AddSingleton(s => S3BlobStore.Open(bucket, s.GetRequiredService<Spool>())).AddLinkingBlobs<S3BlobStore>();
        else if (options.Blobs.Container is { } container)
            // The service judges requests by the world's time, whatever clock the gateway goes by.
            services.AddSingleton(s => AzureBlobStore.Open(container, s.GetRequiredService<Spool>(), TimeProvider.System)).AddLinkingBlobs<AzureBlobStore>();
        else
            services.AddSingleton<IBlobStore>(s =>
            {
                var folder = s.GetRequiredService<DataFolder>().BlobsPath;
                if (s.GetService<PostgresDatabase>() is { } database) SharedBlobFolder.Check(database, folder);
                return new DiskBlobStore(folder, s.GetRequiredService<Spool>());
            });
    }

    private static void AddLinkingBlobs<TStore>(this IServiceCollection services)
        where TStore : class, IBlobStore, IBlobLinks =>
        services.AddSingleton<IBlobStore>(s => s.GetRequiredService<TStore>()).AddSingleton<IBlobLinks>(s => s.GetRequiredService<TStore>());

    /// <summary>On a database that several nodes share they may share the folder of blobs too: then another node may still read the file that this one would write over.</summary>
    private static Spool SpoolOf(DataFolder folder, GatehouseOptions options) =>
        options.State.SoleOwner ? new(folder.SpoolPath, folder.SparePath) : new(folder.SpoolPath, folder.SparePath, spareBytes: 0);

    private static IServiceCollection AddStore<TStore>(this IServiceCollection services)
        where TStore : class, IActorStore, IUploadRows, ISmallFiles =>
        services.AddSingleton<IActorStore>(s => s.GetRequiredService<TStore>())
            .AddSingleton<IUploadRows>(s => s.GetRequiredService<TStore>())
            .AddSingleton<ISmallFiles>(s => s.GetRequiredService<TStore>());

    private static StoredEngine<TState, TCommand, TReply> Engine<TState, TCommand, TReply>(
        this IServiceProvider services, ActorKind<TState, TCommand, TReply> kind, IEnumerable<IRecordObserver> observers, DueSignal? signal)
        where TState : class =>
        new(kind, services.GetRequiredService<IActorStore>(), observers, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<StoredEngineOptions>(), signal,
            services.GetRequiredService<ILoggerFactory>().CreateLogger($"Gatehouse.Actors.{kind.Name}"));

    private static ContactRules ContactRulesOf(GatehouseOptions options) => new()
    {
        MaxFiles = options.Quotas.MaxFiles,
        MaxBytes = options.Quotas.MaxBytes,
        Window = TimeSpan.FromHours(options.Quotas.WindowHours),
        MaxAttempts = options.Quotas.MaxAttempts,
        DedupeRetention = TimeSpan.FromHours(options.Dedupe.RetentionHours),
        MaxDeliveryAttempts = options.Delivery.MaxAttempts,
        GiveUpAfter = TimeSpan.FromHours(options.Delivery.GiveUpAfterHours),
    };

    private static SweeperOptions SweeperOptionsOf(GatehouseOptions options) => new()
    {
        KeepRows = TimeSpan.FromDays(options.Uploads.KeepDays),
        KeepFailedFiles = TimeSpan.FromHours(options.Delivery.KeepFailedHours),
    };
}
