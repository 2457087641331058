using Gatehouse.Gateway.Callers;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>All that Gatehouse is told by its configuration, checked.</summary>
public sealed record GatehouseOptions
{
    public IReadOnlyList<string> Urls { get; init; } = [Keys.Urls.Default];
    public LimitsOptions Limits { get; init; } = new();
    public QuotasOptions Quotas { get; init; } = new();
    public DedupeOptions Dedupe { get; init; } = new();
    public DeliveryOptions Delivery { get; init; } = new();
    public ContactsSettings Contacts { get; init; } = new();
    public OpenMessagingSettings OpenMessaging { get; init; } = new();
    public WebMessagingSettings WebMessaging { get; init; } = new();
    public LargeFilesOptions LargeFiles { get; init; } = new();
    public UploadsOptions Uploads { get; init; } = new();
    public StateOptions State { get; init; } = new();
    public BlobsOptions Blobs { get; init; } = new();
    public LinksOptions Links { get; init; } = LinksOptions.None;
    public DataOptions Data { get; init; } = new();
    public AuditOptions Audit { get; init; } = new();
    public ScannerOptions Scanner { get; init; } = new();
    public QuarantineOptions Quarantine { get; init; } = new();
    public SimulatorSettings Simulator { get; init; } = new();
    public GenesysSettings Genesys { get; init; } = new();

    /// <summary>Empty: whoever comes over loopback may do everything; only in Development.</summary>
    public IReadOnlyList<ApiKeyOptions> ApiKeys { get; init; } = [];

    /// <summary>How often secrets are read again; 0: never.</summary>
    public int RereadSecretsSeconds { get; init; } = (int)Keys.RereadSeconds.Default;

    /// <summary>The largest file that is let in at all, as itself or as a link.</summary>
    public long MostFileBytes => Math.Max(Limits.MaxFileBytes, LargeFiles.MaxFileBytes);

    /// <summary>How long a stop waits for uploads under way.</summary>
    public int ShutdownSeconds { get; init; } = (int)Keys.ShutdownSeconds.Default;

    /// <summary>Reads and checks. Where anything is wrong the sentences say what; the options are then not to be used.</summary>
    /// <param name="environment"><c>Development</c>, <c>Production</c> or another name; only Development runs without keys.</param>
    public static ConfigurationResult Read(IConfiguration configuration, string environment)
    {
        configuration = GenesysAliases.Over(configuration);
        var reader = new KeyReader(configuration);
        var production = string.Equals(environment, "Production", StringComparison.OrdinalIgnoreCase);
        var genesys = GenesysSettings.Read(configuration, reader);
        var simulator = SimulatorSettings.Read(reader, wanted: !production && !genesys.IsConfigured);
        var delivery = DeliveryOptions.Read(reader);
        var urls = reader.Text(Keys.Urls).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var webMessaging = WebMessagingSettings.Read(reader);
        var links = LinksOptions.Read(configuration, reader);
        if (simulator.Embedded)
        {
            genesys = genesys.AtSimulator(simulator.Url!, unlimited: !reader.IsSet(Keys.RequestsPerMinute));
            webMessaging = webMessaging.AtSimulator(simulator.Url!);
            links = links.AtSimulator(urls);
            if (!reader.IsSet(Keys.Route)) delivery = delivery with { Route = ContactAttachmentsRoute.RouteName };
        }

        var options = new GatehouseOptions
        {
            Urls = urls,
            Limits = LimitsOptions.Read(reader),
            Quotas = QuotasOptions.Read(reader),
            Dedupe = DedupeOptions.Read(reader),
            Delivery = delivery,
            Contacts = ContactsSettings.Read(reader),
            OpenMessaging = OpenMessagingSettings.Read(reader),
            WebMessaging = webMessaging,
            LargeFiles = LargeFilesOptions.Read(reader),
            Uploads = UploadsOptions.Read(reader),
            State = StateOptions.Read(reader),
            Blobs = BlobsOptions.Read(reader),
            Links = links,
            Data = DataOptions.Read(reader),
            Audit = AuditOptions.Read(reader),
            Scanner = ScannerOptions.Read(reader),
            Quarantine = QuarantineOptions.Read(reader),
            Simulator = simulator,
            Genesys = genesys,
            ApiKeys = ConfiguredApiKeys.Read(configuration, reader),
            RereadSecretsSeconds = (int)reader.Number(Keys.RereadSeconds),
            ShutdownSeconds = (int)reader.Number(Keys.ShutdownSeconds),
        };
        return new(options, [.. new UnknownKeys(Keys.All).Find(configuration), .. ServerSection.Check(configuration), .. reader.Problems, .. StartRules.Check(options, environment)]);
    }
}

/// <param name="Problems">One sentence each; empty: all is well.</param>
public sealed record ConfigurationResult(GatehouseOptions Options, IReadOnlyList<string> Problems)
{
    /// <summary>The sentences about keys of one section: a command that needs no other can run without the rest being right.</summary>
    public IReadOnlyList<string> About(string section) => [.. Problems.Where(p => p.StartsWith(section + ":", StringComparison.Ordinal))];
}
