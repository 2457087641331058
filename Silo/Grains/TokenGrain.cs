using Gatehouse.Actors;
using Gatehouse.Actors.Tokens;
using Orleans.Placement;

namespace Gatehouse.Silo.Grains;

/// <summary>An OAuth client's token and budget, for the whole cluster.</summary>
[PreferLocalPlacement]
public sealed class TokenGrain(TokenActor kind, IActorStore store, TimeProvider time, ILogger<TokenGrain> log)
    : TurnGrain<TokenState, TokenCommand, TokenReply>(kind, store, time, log), ITokenGrain;
