using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Engine;
using Gatehouse.Actors.Tokens;
using Gatehouse.Silo.Asking;
using Gatehouse.Silo.Grains;

namespace Gatehouse.Silo.Hosting;

/// <summary>The engine that the gateway's parts ask: grains instead of the stored engine.</summary>
internal static class GrainEngine
{
    public static IServiceCollection AddGrainEngine(this IServiceCollection services, AskLimits limits)
    {
        services.AddSingleton(limits);
        services.AddSingleton<IActors<ContactCommand, ContactReply>>(s =>
            s.Actors<IContactGrain, ContactCommand, ContactReply>(s.GetRequiredService<ContactActor>().Name, s.GetServices<IRecordObserver>(), s.GetRequiredService<DueSignal>()));
        services.AddSingleton<IActors<TokenCommand, TokenReply>>(s => s.Actors<ITokenGrain, TokenCommand, TokenReply>(s.GetRequiredService<TokenActor>().Name, [], signal: null));
        return services;
    }

    private static GrainActors<TGrain, TCommand, TReply> Actors<TGrain, TCommand, TReply>(this IServiceProvider services, string kind, IEnumerable<IRecordObserver> observers, DueSignal? signal)
        where TGrain : ITurnGrain<TCommand, TReply>
        where TCommand : class
        where TReply : class => new(
            services.GetRequiredService<IGrainFactory>(), observers, signal, services.GetRequiredService<AskLimits>(), services.GetRequiredService<TimeProvider>(), Random.Shared, kind,
            services.GetRequiredService<ILoggerFactory>().CreateLogger($"Gatehouse.Actors.{kind}"));
}
