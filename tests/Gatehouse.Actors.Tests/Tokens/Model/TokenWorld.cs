using Gatehouse.Actors.Tokens;

namespace Gatehouse.Actors.Tests.Tokens;

/// <summary>A token actor among nodes that wait, crash and refresh, over a store that loses saves and answers; every committed state goes through the stored form.</summary>
internal sealed partial class TokenWorld
{
    private static readonly int[] Budgets = [1, 2, 7, 59, 60, 300, 2000];

    private readonly TokenRules _rules;
    private readonly TokenActor _actor;
    private readonly bool _mayJump;
    private readonly List<(long From, long Until)> _permits = [];
    private readonly List<(TakeLease Command, TokenReply.Lease Reply)> _leases = [];
    private readonly Dictionary<long, long> _refreshes = [];
    private readonly HashSet<long> _reported = [];
    private TokenState _state = TokenState.Empty;
    private long _now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _ids;
    private long _version;
    private long _pausedUntil;
    private long _pause;
    private bool _monotonic = true;

    public TokenWorld(bool mayJump, int budget)
    {
        _mayJump = mayJump;
        _rules = new TokenRules { RequestsPerMinute = Budgets[budget % Budgets.Length], MaxPause = TimeSpan.FromMinutes(5) };
        _actor = new TokenActor(_rules);
    }

    public Dictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    private DateTimeOffset Now => new(_now, TimeSpan.Zero);

    public void Run(Move[] history)
    {
        foreach (var step in history) Take(step);
        if (_monotonic) CheckBudget();
        Recover();
    }

    private void Take(Move step)
    {
        switch (step.What)
        {
            case < 50: Lease(step); break;
            case < 62: Report(step); break;
            case < 65: Invalidate(step); break;
            case < 67: Pause(step); break;
            case < 68: ChangeSecret(step); break;
            case < 97: Advance(step); break;
            default: Jump(step); break;
        }
    }

    private void Advance(Move step)
    {
        long[] milliseconds = [1, 60, 250, 700, 1_999, 2_000, 2_001, 4_500, 15_000, 40_000, 200_000];
        // Short ones more often: a window of use is a minute.
        _now += milliseconds[Math.Min(step.Pick(milliseconds.Length, 1), step.Pick(milliseconds.Length, 2))] * TimeSpan.TicksPerMillisecond;
    }

    private void Jump(Move step)
    {
        if (!_mayJump) return;
        TimeSpan[] jumps = [TimeSpan.FromSeconds(-1), TimeSpan.FromHours(-3), TimeSpan.FromDays(-3000), TimeSpan.FromDays(2), TimeSpan.FromDays(3000)];
        var jump = jumps[step.Pick(jumps.Length, 1)].Ticks;
        if (_now + jump < TimeSpan.FromDays(400_000).Ticks) return;
        _now += jump;
        if (jump < 0) _monotonic = false;
        Saw(jump < 0 ? "clock set back" : "clock set forward");
    }

    private TReply? Ask<TReply>(TokenCommand command, Move step) where TReply : TokenReply
    {
        var fault = step.Pick(10, 99);
        if (fault == 0)
        {
            Saw("lost save");
            _ = _actor.Run(_state, command, Now);
            if (step.Pick(2, 98) == 0) return null;
        }
        var reply = Commit(command);
        if (fault == 1)
        {
            Saw("lost answer");
            var again = _actor.Run(_state, command, Now);
            Assert.Equal(Told(reply), Told(again.Reply));
            Assert.Equal(_actor.Bytes(_state), _actor.Bytes(again.State));
        }
        return fault == 2 ? null : Assert.IsType<TReply>(reply);
    }

    private TokenReply Commit(TokenCommand command)
    {
        var before = _state;
        var turn = _actor.Run(_state, command, Now);
        Assert.Empty(turn.Records);
        Judge(command, before, turn);
        var bytes = _actor.Bytes(turn.State);
        _state = _actor.Read(_actor.Schema, bytes);
        Assert.Equal(bytes, _actor.Bytes(_state));
        Assert.InRange(bytes.Length, 1, 1000);
        return turn.Reply;
    }

    /// <summary>Memory compares by place; what it holds is what is told.</summary>
    private static (TokenReply Reply, string? Token) Told(TokenReply reply) =>
        reply is TokenReply.Lease lease ? (lease with { Token = default }, Convert.ToHexString(lease.Token.Span)) : (reply, null);

    private void Saw(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
