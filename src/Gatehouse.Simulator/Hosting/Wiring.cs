namespace Gatehouse.Simulator;

/// <summary>The simulator's parts and its paths, in one list.</summary>
internal static class Wiring
{
    public static void AddSimulator(this IServiceCollection services, SimulatorOptions options, TimeProvider time) => services
        .AddSingleton(options)
        .AddSingleton(time)
        .AddSingleton<Dice>()
        .AddSingleton<FaultBoard>()
        .AddSingleton<CallCounters>()
        .AddSingleton<RetryAfterWatch>()
        .AddSingleton<TokenBook>()
        .AddSingleton<RateWindows>()
        .AddSingleton<ImageShelf>()
        .AddSingleton<ReceivedLog>()
        .AddSingleton<Calls>()
        .AddSingleton<ContactBook>()
        .AddSingleton<Downloads>()
        .AddSingleton<OpenInbox>()
        .AddSingleton<PresignedUploads>()
        .AddSingleton<AgentMediaBook>()
        .AddSingleton<GuestBook>()
        .AddSingleton<GuestAction, ConfigureSession>()
        .AddSingleton<GuestAction, OnAttachment>()
        .AddSingleton<GuestAction, OnMessage>()
        .AddSingleton<GuestAction, DeleteAttachment>()
        .AddSingleton<Operation, TokenOperation>()
        .AddSingleton<Operation, ContactOperation>()
        .AddSingleton<Operation, LookupOperation>()
        .AddSingleton<Operation, CreateContactOperation>()
        .AddSingleton<Operation, NoteOperation>()
        .AddSingleton<Operation, AttachmentOperation>()
        .AddSingleton<Operation, ProfileOperation>()
        .AddSingleton<Operation, OpenMessageOperation>()
        .AddSingleton<Operation, OldOpenMessageOperation>()
        .AddSingleton<Operation, ConversationOperation>()
        .AddSingleton<Operation, BeginMediaOperation>()
        .AddSingleton<Operation, MediaOperation>()
        .AddSingleton<Operation, AgentMessageOperation>()
        .AddSingleton<Operation, PresignedPutOperation>()
        .AddSingleton<Operation, GuestSocketOperation>();

    public static void MapSimulator(this WebApplication app)
    {
        var calls = app.Services.GetRequiredService<Calls>();
        foreach (var operation in app.Services.GetServices<Operation>())
            app.MapMethods(operation.Path, [operation.Method], http => calls.AnswerAsync(http, operation));
        app.MapFallback("/api/{**rest}", http => calls.AnswerAsync(http, UnknownOperation.Instance));

        ReceivedPages.Map(app);
        ContactPages.Map(app);
        FaultPages.Map(app);
        StatsPages.Map(app);
        FrontPage.Map(app);
    }
}
