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
        .AddSingleton<TokenOperation>()
        .AddSingleton<ContactOperation>()
        .AddSingleton<AttachmentOperation>();

    public static void MapSimulator(this WebApplication app)
    {
        var calls = app.Services.GetRequiredService<Calls>();
        Map(HttpMethods.Post, app.Services.GetRequiredService<TokenOperation>());
        Map(HttpMethods.Get, app.Services.GetRequiredService<ContactOperation>());
        Map(HttpMethods.Post, app.Services.GetRequiredService<AttachmentOperation>());
        app.MapFallback("/api/{**rest}", http => calls.AnswerAsync(http, UnknownOperation.Instance));

        ReceivedPages.Map(app);
        FaultPages.Map(app);
        StatsPages.Map(app);
        FrontPage.Map(app);

        void Map(string method, Operation operation) =>
            app.MapMethods(operation.Path, [method], http => calls.AnswerAsync(http, operation));
    }
}
