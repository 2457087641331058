using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Genesys.Tests;

/// <summary>The attachments route over real connections to a stub.</summary>
internal sealed class RouteRig : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;

    private RouteRig(GenesysStub stub, Action<GenesysOptions>? configure, ContactOptions? contacts)
    {
        ContactOptions = contacts ?? new ContactOptions();
        Stub = stub;
        var options = stub.Options();
        options.CallTimeoutSeconds = 20;
        configure?.Invoke(options);
        _http = GenesysHttp.Create(options);
        Client = new GenesysClient(_http, options, Gate, TimeProvider.System, Telemetry);
        Contacts = new ContactResolver(Client, Gate, Rows, ContactOptions);
        Route = new ContactAttachmentsRoute(Client, Gate, Contacts);
    }

    public GenesysStub Stub { get; }

    public FixedGate Gate { get; } = new();

    public Telemetry Telemetry { get; } = new();

    public GenesysClient Client { get; }

    public ContactRows Rows { get; } = new();

    public ContactOptions ContactOptions { get; }

    public ContactResolver Contacts { get; }

    public ContactAttachmentsRoute Route { get; }

    public static async Task<RouteRig> StartAsync(Action<GenesysOptions>? configure = null, ContactOptions? contacts = null) => new(await GenesysStub.StartAsync(), configure, contacts);

    public static UploadRow Upload(string filename = "photo.png", string contact = "8d1c5a52-0a4e-4d7b-9df4-1a2b3c4d5e6f", string mime = "image/png", string? charset = null) => new()
    {
        Id = new UploadId(0x0123456789abcdef),
        ContactId = contact,
        Filename = filename,
        OriginalFilename = filename,
        Mime = mime,
        Charset = charset,
        Size = 5,
        Sha256 = new string('0', 64),
        Route = ContactAttachmentsRoute.RouteName,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public async Task<RouteOutcome> SendAsync(UploadRow? upload = null, FileBytes? bytes = null, CancellationToken cancellationToken = default) =>
        await Route.SendAsync(upload ?? Upload(), bytes ?? new MemoryFile("hello"u8.ToArray()), Gate.TryTake()!, cancellationToken);

    public async Task<RouteOutcome> AnsweredAsync(int status, string body = "", params (string Name, string Value)[] headers)
    {
        Stub.OnApi = context => GenesysStub.Answer(context, status, body, headers: headers);
        return await SendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Stub.DisposeAsync();
    }
}

internal sealed class Telemetry : IGenesysTelemetry
{
    public List<(string Operation, int? Status)> Calls { get; } = [];

    public List<bool> Refreshes { get; } = [];

    public List<TimeSpan> Pauses { get; } = [];

    public List<(TimeSpan Asked, TimeSpan Granted)> Cut { get; } = [];

    public void CallEnded(string operation, int? status, TimeSpan took)
    {
        lock (Calls) Calls.Add((operation, status));
    }

    public void TokenRefreshed(bool ok)
    {
        lock (Refreshes) Refreshes.Add(ok);
    }

    public int UnreadableProfiles { get; private set; }

    public void PauseCut(TimeSpan asked, TimeSpan granted)
    {
        lock (Cut) Cut.Add((asked, granted));
    }

    public void Paused(TimeSpan pause)
    {
        lock (Pauses) Pauses.Add(pause);
    }

    public void ProfileUnreadable() => UnreadableProfiles++;
}
