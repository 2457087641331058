using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests.Tokens;

/// <summary>Drives a token actor by hand.</summary>
internal sealed class TokenDriver(TokenRules rules, DateTimeOffset start)
{
    private readonly TokenActor _actor = new(rules);
    private ulong _requests;

    public TokenState State { get; private set; } = TokenState.Empty;
    public DateTimeOffset Now { get; private set; } = start;

    public void Pass(TimeSpan time) => Now += time;

    public void GoTo(DateTimeOffset time) => Now = time;

    public TokenReply Ask(TokenCommand command)
    {
        var turn = _actor.Run(State, command, Now);
        State = turn.State;
        return turn.Reply;
    }

    public TokenReply.Lease Lease(string node, int waiting, RateSeen? seen = null) => Assert.IsType<TokenReply.Lease>(Ask(new TakeLease(new UploadId(++_requests), node, waiting, seen)));

    public TokenDriver WithToken(TimeSpan life)
    {
        Ask(new Refreshed(Lease("first", 0).RefreshFence!.Value, new byte[] { 1 }, life));
        return this;
    }
}
