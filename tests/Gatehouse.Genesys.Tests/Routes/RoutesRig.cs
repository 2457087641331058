using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Genesys.Tests.Routes;

/// <summary>Every route of the Platform API over real connections to a stub on which everything works, but for what the test says.</summary>
internal sealed class RoutesRig : IAsyncDisposable
{
    public const string Integration = "i-1";
    public const string Conversation = "conversation-1";
    public const string Leg = "leg-1";

    private readonly HttpMessageInvoker _http;

    private RoutesRig(GenesysStub stub)
    {
        Stub = stub;
        Stub.OnApi = context => (Override?.Invoke(context) ?? false) ? Overridden!(context) : WorksAsync(context);
        var options = stub.Options();
        options.CallTimeoutSeconds = 20;
        _http = GenesysHttp.Create(options);
        Client = new GenesysClient(_http, options, Gate, TimeProvider.System, Telemetry);
        var openMessaging = new OpenMessagingOptions(Integration, SupportedContentId: null);
        Content = new SupportedContent(Client, openMessaging, Clock, Telemetry, Log);
        OpenMessaging = new OpenMessagingRoute(Client, Gate, openMessaging, Links, Content);
        AgentMedia = new AgentMediaRoute(Client, Gate, Links, TimeProvider.System);
        Contacts = new ContactResolver(Client, Gate, new ContactRows(), new ContactOptions());
        ContactNote = new ContactNoteRoute(Client, Gate, Contacts, Links);
    }

    public GenesysStub Stub { get; }

    public CountingGate Gate { get; } = new();

    public Telemetry Telemetry { get; } = new();

    public ManualTime Clock { get; } = new();

    public ListLogger<SupportedContent> Log { get; } = new();

    public FixedLinks Links { get; } = new();

    public GenesysClient Client { get; }

    public SupportedContent Content { get; }

    public OpenMessagingRoute OpenMessaging { get; }

    public AgentMediaRoute AgentMedia { get; }

    public ContactResolver Contacts { get; }

    public ContactNoteRoute ContactNote { get; }

    /// <summary>The supported content profile's inbound types, as JSON.</summary>
    public string InboundTypes { get; set; } = """[{"type":"*/*"}]""";

    public string Participants { get; set; } = $$"""[{"purpose":"customer","messages":[{"id":"c","state":"connected"}]},{"purpose":"agent","messages":[{"id":"{{Leg}}","state":"connected"}]}]""";

    /// <summary>Statuses that an uploaded file has, one a look; the last one stays.</summary>
    public Queue<string> MediaStatuses { get; } = new(["valid"]);

    /// <summary>Which requests <see cref="Overridden"/> answers instead.</summary>
    public Func<HttpContext, bool>? Override { get; set; }

    public Func<HttpContext, Task>? Overridden { get; set; }

    public static async Task<RoutesRig> StartAsync() => new(await GenesysStub.StartAsync());

    public static UploadRow Upload(string contact = "ada", string? conversation = Conversation, string mime = "application/pdf", string filename = "return slip.pdf", long size = 5, string? sender = null) => new()
    {
        Id = new UploadId(0x0123456789abcdef),
        ContactId = contact,
        ConversationId = conversation,
        SenderId = sender,
        Filename = filename,
        OriginalFilename = filename,
        Mime = mime,
        Size = size,
        Sha256 = new string('a', 64),
        Flags = ["has-links"],
        Route = "any",
        CreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    };

    public async Task<RouteOutcome> SendAsync(IDeliveryRoute route, UploadRow? upload = null, FileBytes? bytes = null) =>
        await route.SendAsync(upload ?? Upload(), bytes ?? new MemoryFile("hello"u8.ToArray()), Gate.TryTake()!, CancellationToken.None);

    public IEnumerable<Seen> Seen(string method, string pathPart) =>
        Stub.Api.Where(s => string.Equals(s.Method, method, StringComparison.Ordinal) && s.Target.Contains(pathPart, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        Content.Dispose();
        _http.Dispose();
        await Stub.DisposeAsync();
    }

    private Task WorksAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        return (context.Request.Method, path) switch
        {
            ("GET", "/api/v2/conversations/messaging/supportedcontent/default") => GenesysStub.Answer(context, 200, $$"""{"id":"default","mediaTypes":{"allow":{"outbound":[],"inbound":{{InboundTypes}} } } }"""),
            ("POST", $"/api/v2/conversations/messages/{Integration}/inbound/open/message") => GenesysStub.Answer(context, 200, """{"id":"m-1","conversationId":"c-9"}"""),
            ("GET", $"/api/v2/conversations/{Conversation}") => GenesysStub.Answer(context, 200, $$"""{"id":"{{Conversation}}","participants":{{Participants}}}"""),
            ("POST", $"/api/v2/conversations/messages/{Conversation}/communications/{Leg}/messages/media/uploads") =>
                GenesysStub.Answer(context, 200, $$$"""{"id":"media-1","uploadUrl":"{{{Stub.Address}}}/put/here?signature=a%2Fb","uploadHeaders":{"x-amz-tagging":"a=b","Content-Type":"application/pdf"}}"""),
            ("PUT", "/put/here") => GenesysStub.Answer(context, 200),
            ("GET", $"/api/v2/conversations/messages/{Conversation}/communications/{Leg}/messages/media/media-1") =>
                GenesysStub.Answer(context, 200, $$"""{"id":"media-1","status":"{{(MediaStatuses.Count > 1 ? MediaStatuses.Dequeue() : MediaStatuses.Peek())}}"}"""),
            ("POST", $"/api/v2/conversations/messages/{Conversation}/communications/{Leg}/messages") => GenesysStub.Answer(context, 202, """{"id":"m-2"}"""),
            ("POST", "/api/v2/externalcontacts/contacts/ada/notes") => GenesysStub.Answer(context, 200, """{"id":"n-1"}"""),
            _ => GenesysStub.Answer(context, 599, $"No such call: {context.Request.Method} {path}"),
        };
    }
}

/// <summary>A gate that always has a permit, and counts them.</summary>
internal sealed class CountingGate : ITokenGate
{
    private readonly FixedGate _gate = new();

    public int Taken { get; private set; }

    public List<TimeSpan> Pauses => _gate.Pauses;

    public DateTimeOffset? PausedUntil => null;

    public int PermitsAtHand => int.MaxValue;

    public string? Trouble => null;

    public Action CredentialsWorkAgain { get; set; } = () => { };

    public Permit? TryTake()
    {
        Taken++;
        return _gate.TryTake();
    }

    public void Return(Permit permit, long takenAt)
    {
        // There are always more.
    }

    public ValueTask<Permit> TakeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(TryTake()!);

    public ValueTask<Permit> ReplaceAsync(Permit refused, CancellationToken cancellationToken)
    {
        Taken++;
        return _gate.ReplaceAsync(refused, cancellationToken);
    }

    public ValueTask<TimeSpan> BackOffAsync(Permit limited, TimeSpan retryAfter, CancellationToken cancellationToken) => _gate.BackOffAsync(limited, retryAfter, cancellationToken);
}

/// <summary>Links that lead nowhere, each with a text of its own.</summary>
internal sealed class FixedLinks : IFileLinks
{
    private int _made;

    public ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new FileLink(new Uri($"https://files.example/{upload.Id}?n={++_made}"), new DateTimeOffset(2026, 3, 8, 12, 30, 0, TimeSpan.Zero)));
}
