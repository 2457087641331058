using Gatehouse.Actors.Contacts;
using Gatehouse.Genesys.Routes;
using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Every key that Gatehouse reads, with its default: the one place that options, start-up checks, the <c>config</c> command and the docs share.</summary>
public static class Keys
{
    private const long Forever = 100 * 365 * 24;

    public static readonly TextKey Urls = new("Urls", "http://127.0.0.1:8080", "Addresses to listen on, separated by semicolons") { IsAddress = true };
    public static readonly NumberKey ShutdownSeconds = new("ShutdownSeconds", 30, 0, 3600, "How long a stop waits for uploads under way");

    public static readonly TextKey DataDirectory = new("Data:Directory", "data", "Folder of the spool and, where they are on this machine, of the SQLite file and the stored files; one node's own; relative to the working directory");

    public static readonly TextKey SecretsDirectory = new("Secrets:Directory", "/run/secrets", "Folder of secrets by file, where there is one: each file is a key, named as in the environment (`Genesys__ClientSecret`)");

    public static readonly NumberKey RereadSeconds = new("Secrets:RereadSeconds", 10, 0, 3600, "How often the clients' secrets are read again while Gatehouse runs, from the files of Secrets:Directory and appsettings; 0: at start only");

    public static readonly AddressKey SimulatorUrl = new("Simulator:Url", "http://127.0.0.1:8090", "Where the embedded stand-in for Genesys Cloud listens; empty: none") { Needs = "http://, an IP address of this machine or localhost, and a port, such as http://127.0.0.1:8090, or empty" };

    public static readonly TextKey Region = new("Genesys:Region", "", "Genesys Cloud region, such as us-east-1 or mypurecloud.com; also GENESYS_CLOUD_REGION");
    public static readonly TextKey ClientId = new("Genesys:ClientId", "", "OAuth client id (client credentials grant); also GENESYS_CLIENT_ID");
    public static readonly TextKey ClientSecret = new("Genesys:ClientSecret", "", "OAuth client secret; also GENESYS_CLIENT_SECRET") { Secret = true };

    /// <summary>Members of each entry <c>Genesys:Clients:N</c>.</summary>
    public static readonly IReadOnlyList<ConfigurationKey> Client =
    [
        new TextKey("Genesys:Clients:N:ClientId", "", "One of several OAuth clients, in the place of Genesys:ClientId; calls are spread over them"),
        new TextKey("Genesys:Clients:N:ClientSecret", "", "Its secret") { Secret = true },
    ];

    public static readonly TextKey LoginBaseAddress = new("Genesys:LoginBaseAddress", "", "Login host instead of the region's, for a gateway or a simulator elsewhere") { IsAddress = true };
    public static readonly TextKey ApiBaseAddress = new("Genesys:ApiBaseAddress", "", "API host instead of the region's") { IsAddress = true };
    public static readonly NumberKey RequestsPerMinute = new("Genesys:RequestsPerMinute", 300, 0, 100_000, "API requests a minute of the whole deployment, for each client; 0: unlimited, as with the embedded simulator");
    public static readonly NumberKey ConnectTimeoutSeconds = new("Genesys:ConnectTimeoutSeconds", 5, 1, 60, "Longest wait for a connection, its TLS included");
    public static readonly NumberKey LoginTimeoutSeconds = new("Genesys:LoginTimeoutSeconds", 10, 1, 12, "Longest token request");
    public static readonly NumberKey CallTimeoutSeconds = new("Genesys:CallTimeoutSeconds", 60, 1, 600, "Longest API request, from its connection to the last byte of the answer");

    // 2 GB: what a multipart answer of Genesys' largest product limits stays far below, and an int still counts.
    public static readonly NumberKey MaxFileBytes = new("Limits:MaxFileBytes", 5_242_880, 1, int.MaxValue, "Largest file let in, in bytes; not more than the route carries, unless LargeFiles:MaxFileBytes covers it");
    public static readonly ListKey AllowedTypes = new("Limits:AllowedTypes", InspectionPolicy.DefaultAllowedTypes, "Types let in, by what the bytes are");
    public static readonly NumberKey MaxPixels = new("Limits:MaxPixels", 70_000_000, 1, 900_000_000, "Most pixels of an image; sides are at most 30,000");
    public static readonly NumberKey MinBytesPerSecond = new("Limits:MinBytesPerSecond", 1024, 0, int.MaxValue, "Slowest upload, measured after 10 s; 0: no limit");
    public static readonly NumberKey DrainBytes = new("Limits:DrainBytes", 16 * 1024 * 1024, 0, int.MaxValue, "Bytes of a refused upload read and thrown away so that its answer arrives");
    // Measured: 1,000 idle streams take about 25 MB and 2 % of a core.
    public static readonly NumberKey MaxEventStreams = new("Limits:MaxEventStreams", 1000, 0, 1_000_000, "Open event streams of a node; above it they are answered 503 busy");
    public static readonly NumberKey MaxStoredBytes = new("Limits:MaxStoredBytes", 10L * 1024 * 1024 * 1024, 1, long.MaxValue, "Stored files in all; above it uploads are answered 503 busy");

    public static readonly NumberKey MaxFiles = new("Quotas:MaxFiles", 20, 1, long.MaxValue, "Files of one contact in a window");
    public static readonly NumberKey MaxBytes = new("Quotas:MaxBytes", 104_857_600, 1, long.MaxValue, "Bytes of one contact in a window");
    public static readonly NumberKey WindowHours = new("Quotas:WindowHours", 24, 1, 24 * 366, "Length of the rolling window");
    public static readonly NumberKey MaxConcurrent = new("Quotas:MaxConcurrent", 2, 1, 1_000_000, "Uploads of one contact received at the same time by a node");
    public static readonly NumberKey MaxAttempts = new("Quotas:MaxAttempts", 60, 1, long.MaxValue, "Uploads of one contact tried in an hour, refused ones included");

    public static readonly NumberKey RetentionHours = new("Dedupe:RetentionHours", 24, 0, 24 * 366, "How long the same bytes for the same contact are recognised; 0: off");

    public static readonly TextKey Route = new("Delivery:Route", "", "The way into Genesys Cloud; contact-attachments where the embedded simulator is used");
    public static readonly ListKey Offer = new("Delivery:Offer", [], "Further routes that an upload may choose by its field route, beside Delivery:Route and those whose section is filled in");
    public static readonly NumberKey WaitSeconds = new("Delivery:WaitSeconds", 20, 0, 60, "How long an upload's answer waits for its delivery before it is 202");
    public static readonly NumberKey DeliveryAttempts = new("Delivery:MaxAttempts", 10, 1, 1000, "Failed attempts that end an upload as failed while the route otherwise works");
    public static readonly NumberKey GiveUpAfterHours = new("Delivery:GiveUpAfterHours", 24, 1, (long)ContactRules.MostTime.TotalHours, "Age at which a further failed attempt ends an upload as expired");
    public static readonly NumberKey MaxRetryAfterSeconds = new("Delivery:MaxRetryAfterSeconds", 180, 1, 3600, "Longest pause that a Retry-After of Genesys is granted");
    public static readonly NumberKey AttemptTimeoutSeconds = new("Delivery:AttemptTimeoutSeconds", 300, 1, 3600, "Longest attempt, all of its requests together");
    public static readonly NumberKey KeepFailedHours = new("Delivery:KeepFailedHours", 72, 0, Forever, "How long the bytes of failed uploads are kept for a retry by hand");

    public static readonly ChoiceKey CreateMissing = new("Contacts:CreateMissing", "false", ["false", "true"], "Make an external contact for an email:, phone: or external: that Genesys does not know");
    public static readonly ChoiceKey FollowMerged = new("Contacts:FollowMerged", "false", ["true", "false"], "Read a contact that is given by its GUID before its first delivery, not only after a 404, and follow a merged one to the contact it now stands for");
    public static readonly TextKey ExternalSource = new("Contacts:ExternalSource", "", "Id of the external source in Genesys Cloud that the ids of external: are of; empty: none is named");
    public static readonly TextKey IntegrationId = new("OpenMessaging:IntegrationId", "", "Open messaging integration that the route open-messaging sends by");
    public static readonly TextKey SupportedContentId = new("OpenMessaging:SupportedContentId", "", "Its supported content profile; empty: the organization's default one");

    public static readonly TextKey DeploymentId = new("WebMessaging:DeploymentId", "", "Messenger deployment whose guests send by the route web-messaging");
    public static readonly TextKey TokenKey = new("WebMessaging:TokenKey", "", "Seals guests' tokens in the store: 32 random bytes in Base64, the same on every node") { Secret = true };
    public static readonly TextKey WebMessagingAddress = new("WebMessaging:Address", "", "Where guests connect (ws or wss), instead of the region's own host") { IsAddress = true };
    public static readonly TextKey Origin = new("WebMessaging:Origin", "", "Origin that the deployment allows, such as https://www.example.org; empty: none is sent");
    // More than 2 GB fits no int, which Genesys' protocol has for a file's size.
    public static readonly NumberKey MaxFileSizeKB = new("WebMessaging:MaxFileSizeKB", WebMessagingOptions.DefaultMaxFileSizeKB, 1, 2_000_000, "The deployment's maxFileSizeKB, of 1,000 bytes: the largest file of the route web-messaging");

    public static readonly NumberKey LargeFileBytes = new("LargeFiles:MaxFileBytes", 0, 0, int.MaxValue, "Largest file let in where it goes as a link, in bytes: files above what their route carries; 0: off");

    public static readonly TextKey AuditDirectory = new("Audit:Directory", "", "Folder of the audit, one node's own; empty: audit in Data:Directory");
    public static readonly NumberKey AuditRetentionDays = new("Audit:RetentionDays", 90, 0, 36500, "How long the audit's files are kept; 0: no audit");
    public static readonly NumberKey AuditMaxFileBytes = new("Audit:MaxFileBytes", 104_857_600, 1_000_000, long.MaxValue, "Size at which the day's file of the audit is followed by another");
    public static readonly TextKey AuditHashKey = new("Audit:HashKey", "", "Key under which contacts, filenames and files' hashes are hashed in the audit, at least 32 characters; empty: they stand as they are") { Secret = true };

    public static readonly TextKey ScannerAddress = new("Scanner:Address", "", "clamd's address, as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl; empty: no scanner") { IsAddress = true };
    public static readonly NumberKey ScannerTimeoutSeconds = new("Scanner:TimeoutSeconds", 60, 1, 3600, "Longest scan of a file, a wait for a free connection included");
    public static readonly NumberKey ScannerConnectTimeoutSeconds = new("Scanner:ConnectTimeoutSeconds", 5, 1, 60, "Longest wait for a connection");
    // clamd has 10 threads unless MaxThreads says otherwise.
    public static readonly NumberKey ScannerMaxConnections = new("Scanner:MaxConnections", 8, 1, 1000, "Files scanned at once by a node; all nodes together at most clamd's MaxThreads");
    public static readonly ChoiceKey ScannerInconclusive = new("Scanner:Inconclusive", "refuse", ["refuse", "accept"], "What becomes of a file that the scanner has no verdict on; accept lets it in with the flag scan-inconclusive");

    public static readonly TextKey QuarantineDirectory = new("Quarantine:Directory", "", "Folder in which refused files are kept, one node's own; empty: they are not kept");
    public static readonly NumberKey QuarantineMaxBytes = new("Quarantine:MaxBytes", 1_073_741_824, 1, long.MaxValue, "Refused files in all; the oldest go for new ones");
    public static readonly NumberKey QuarantineRetentionDays = new("Quarantine:RetentionDays", 30, 1, 36500, "How long refused files are kept");

    public static readonly NumberKey KeepDays = new("Uploads:KeepDays", 30, 1, 36500, "How long finished uploads can be looked up");

    public static readonly ChoiceKey StateStore = new("State:Store", "sqlite", ["sqlite", "memory", "postgres"], "Where state is kept; postgres for several nodes, memory forgets everything with the process");
    public static readonly TextKey ConnectionString = new("State:ConnectionString", "", "Of the PostgreSQL database: Host=…;Database=…;Username=…;Password=…, in Npgsql's keywords; sqlite and memory have none") { Secret = true };
    public static readonly ChoiceKey BlobStore = new("Blobs:Store", "disk", ["disk", "postgres", "s3", "azure"], "Where files above 256 KB are kept; several nodes on disk need one shared folder");

    public static readonly AddressKey S3Endpoint = new("Blobs:S3:Endpoint", "", "Address of the S3 API; empty: Amazon's, of the region");
    public static readonly TextKey S3Region = new("Blobs:S3:Region", "", "Region of the bucket; where the store has none, us-east-1");
    public static readonly TextKey S3Bucket = new("Blobs:S3:Bucket", "", "Bucket that the files go into; it must exist");
    public static readonly TextKey S3Prefix = new("Blobs:S3:Prefix", "", "What every object's name begins with, for a bucket that is shared, such as gatehouse/");
    public static readonly ChoiceKey S3PathStyle = new("Blobs:S3:PathStyle", "false", ["true", "false"], "Whether the bucket stands in the path instead of the host name, as most stores but Amazon's want it");
    public static readonly TextKey S3AccessKeyId = new("Blobs:S3:AccessKeyId", "", "Access key; empty: the credentials of the environment (AWS' variables, web identity, container, instance)");
    public static readonly TextKey S3SecretAccessKey = new("Blobs:S3:SecretAccessKey", "", "Its secret") { Secret = true };
    public static readonly TextKey S3SessionToken = new("Blobs:S3:SessionToken", "", "With temporary credentials") { Secret = true };

    public static readonly AddressKey AzureEndpoint = new("Blobs:Azure:Endpoint", "", "Address of the account's blob service, such as https://account.blob.core.windows.net");
    public static readonly TextKey AzureAccount = new("Blobs:Azure:Account", "", "Name of the storage account; empty: the first word of the endpoint's host");
    public static readonly TextKey AzureContainer = new("Blobs:Azure:Container", "", "Container that the files go into; it must exist");
    public static readonly TextKey AzurePrefix = new("Blobs:Azure:Prefix", "", "What every blob's name begins with, for a container that is shared, such as gatehouse/");
    public static readonly TextKey AzureAccountKey = new("Blobs:Azure:AccountKey", "", "The account's key, base64; empty: an application of Microsoft Entra ID") { Secret = true };
    public static readonly TextKey AzureTenantId = new("Blobs:Azure:TenantId", "", "Tenant of the Entra ID application");
    public static readonly TextKey AzureClientId = new("Blobs:Azure:ClientId", "", "The application's client id");
    public static readonly TextKey AzureClientSecret = new("Blobs:Azure:ClientSecret", "", "The application's secret") { Secret = true };
    public static readonly AddressKey AzureLogin = new("Blobs:Azure:LoginBaseAddress", "https://login.microsoftonline.com/", "Where Entra ID gives out tokens, for a national cloud");

    /// <summary>The section <c>Blobs:S3</c>.</summary>
    private static readonly ConfigurationKey[] S3 = [S3Endpoint, S3Region, S3Bucket, S3Prefix, S3PathStyle, S3AccessKeyId, S3SecretAccessKey, S3SessionToken];

    // More than a year is no link but a publication.
    public static readonly NumberKey LinksLifetimeHours = new("Links:LifetimeHours", 168, 1, 24 * 366, "How long a link to a file works");
    public static readonly AddressKey LinksPublicBaseUrl = new("Links:PublicBaseUrl", "", "Address under which Genesys Cloud and its agents reach this gateway's links, such as https://uploads.example.com");
    public static readonly TextKey LinkKeyId = new("Links:Keys:N:Id", "", "Name of a key that signs links; the first signs, all are believed");
    public static readonly TextKey LinkKeySecret = new("Links:Keys:N:Secret", "", "The key, at least 32 characters; made with openssl rand -base64 32") { Secret = true };

    /// <summary>The section <c>Blobs:Azure</c>.</summary>
    private static readonly ConfigurationKey[] Azure = [AzureEndpoint, AzureAccount, AzureContainer, AzurePrefix, AzureAccountKey, AzureTenantId, AzureClientId, AzureClientSecret, AzureLogin];

    /// <summary>Members of each entry <c>Links:Keys:N</c>.</summary>
    public static readonly IReadOnlyList<ConfigurationKey> LinkKey = [LinkKeyId, LinkKeySecret];

    /// <summary>Members of each entry <c>ApiKeys:N</c>.</summary>
    public static readonly IReadOnlyList<ConfigurationKey> ApiKey =
    [
        new TextKey("ApiKeys:N:Name", "", "Who calls; made with keys new"),
        new TextKey("ApiKeys:N:Hash", "", "Salted hash of the key") { Secret = true },
        new ListKey("ApiKeys:N:Scopes", [], "upload, read, admin"),
        new TextKey("ApiKeys:N:Expires", "", "Date and time after which the key is refused; empty: never"),
    ];

    /// <summary>Keys of which there may be several, by what they are members of.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<ConfigurationKey>> Lists = [Client, ApiKey, LinkKey];

    /// <summary>All of them, in the order in which people read them.</summary>
    public static readonly IReadOnlyList<ConfigurationKey> All =
    [
        Urls, DataDirectory, SecretsDirectory, RereadSeconds, SimulatorUrl,
        Region, ClientId, ClientSecret, .. Client, LoginBaseAddress, ApiBaseAddress, RequestsPerMinute, ConnectTimeoutSeconds, LoginTimeoutSeconds, CallTimeoutSeconds,
        .. ApiKey,
        MaxFileBytes, AllowedTypes, MaxPixels, MinBytesPerSecond, DrainBytes, MaxStoredBytes, MaxEventStreams,
        MaxFiles, MaxBytes, WindowHours, MaxConcurrent, MaxAttempts,
        RetentionHours,
        Route, Offer, WaitSeconds, DeliveryAttempts, GiveUpAfterHours, MaxRetryAfterSeconds, AttemptTimeoutSeconds, KeepFailedHours,
        CreateMissing, FollowMerged, ExternalSource,
        IntegrationId, SupportedContentId, DeploymentId, TokenKey, WebMessagingAddress, Origin, MaxFileSizeKB, LargeFileBytes,
        LinksLifetimeHours, LinksPublicBaseUrl, .. LinkKey,
        AuditDirectory, AuditRetentionDays, AuditMaxFileBytes, AuditHashKey,
        ScannerAddress, ScannerTimeoutSeconds, ScannerConnectTimeoutSeconds, ScannerMaxConnections, ScannerInconclusive,
        QuarantineDirectory, QuarantineMaxBytes, QuarantineRetentionDays,
        KeepDays, StateStore, ConnectionString, BlobStore, .. S3, .. Azure, ShutdownSeconds,
    ];
}
