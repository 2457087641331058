using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>
/// A contact's actor among callers, senders and nodes that crash, over a store that loses saves and answers, under a clock that jumps. Every committed state goes through the stored form.
/// What the actor answers is held against a model that knows the whole history.
/// </summary>
internal sealed partial class ContactWorld
{
    public static readonly ContactRules Rules = new()
    {
        MaxFiles = 6,
        MaxBytes = 2000,
        Window = TimeSpan.FromMinutes(46),
        MaxAttempts = 14,
        MaxLine = 4,
        DedupeRetention = TimeSpan.FromMinutes(30),
        IdempotencyRetention = TimeSpan.FromMinutes(40),
        Lease = TimeSpan.FromSeconds(10),
        MaxDeliveryAttempts = 3,
        GiveUpAfter = TimeSpan.FromMinutes(20),
        MaxBackOff = TimeSpan.FromMinutes(2),
        MaxRemembered = 64,
    };

    private readonly ContactActor _actor = new(Rules);
    private readonly List<Upload> _uploads = [];
    private readonly List<Sender> _senders = [];
    private readonly List<(ContactCommand Command, ContactReply Reply)> _answered = [];
    private ContactState _state = ContactState.Empty;
    private long _now = 1_800_000_000_000;
    private long _ids;
    private long _lastFence;
    private bool _monotonic = true;
    private readonly bool _mayJump;

    public ContactWorld(bool mayJump) => _mayJump = mayJump;

    /// <summary>How often each kind of thing happened, so that a test can tell a property that held from one that was never tried.</summary>
    public Dictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_now);

    private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;

    public void Run(Move[] history)
    {
        foreach (var step in history)
        {
            Take(step);
            CheckState();
        }
        Drain();
    }

    private void Take(Move step)
    {
        switch (step.What)
        {
            case < 30: Admits(step); break;
            case < 45: Claims(step); break;
            case < 65: Completes(step); break;
            case < 68: Renews(step); break;
            case < 70: PutsOff(step); break;
            case < 73: Refuse(step); break;
            case < 76: Ask(new Describe(), step); break;
            case < 80: Knocks(step); break;
            case < 84: Rerun(step); break;
            case < 97: Advance(step); break;
            default: Jump(step); break;
        }
    }

    private void Advance(Move step)
    {
        long[] lengths = [1, 900, 4_000, 10_001, 61_000, 125_000, 400_000, 1_300_000, 2_900_000, 7_300_000];
        _now += lengths[step.Pick(lengths.Length, 1)];
    }

    private void Jump(Move step)
    {
        if (!_mayJump) return;
        long[] jumps = [-500, -8_000, -600_000, -86_400_000, -315_360_000_000, 86_400_000, 315_360_000_000];
        var jump = jumps[step.Pick(jumps.Length, 1)];
        if (_now + jump < 1_000_000_000_000) return;
        _now += jump;
        if (jump < 0) _monotonic = false;
        Saw(jump < 0 ? "clock set back" : "clock set forward");
    }

    /// <summary>One command as an engine asks it: the save or its answer may be lost, and then the command is run again; or the caller dies before that.</summary>
    private ContactReply? Ask(ContactCommand command, Move step)
    {
        var fault = step.Pick(12, 99);
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
            Assert.Empty(again.Records);
            if (command is not (Describe or Knock) && Promises(reply)) Assert.Equal(reply, again.Reply);
            Assert.Equal(_actor.Bytes(_state), _actor.Bytes(again.State));
        }
        if (fault == 2)
        {
            Saw("caller died");
            return null;
        }
        return reply;
    }

    private ContactReply Commit(ContactCommand command)
    {
        // As the turn will see them: nothing lies in a time to come.
        foreach (var upload in _uploads) upload.AdmittedAt = Math.Min(upload.AdmittedAt, _now);
        foreach (var sender in _senders) sender.LeaseUntil = Math.Min(sender.LeaseUntil, _now + Ms(Rules.Lease));
        var turn = _actor.Run(_state, command, Now);
        if (_monotonic && command is Knock or Peek) Assert.Same(_state, turn.State);
        Judge(command, turn.Reply, turn.Records);
        var bytes = _actor.Bytes(turn.State);
        _state = _actor.Read(_actor.Schema, bytes);
        Assert.Equal(bytes, _actor.Bytes(_state));
        Assert.InRange(bytes.Length, 1, 6000);
        if (Promises(turn.Reply)) _answered.Add((command, turn.Reply));
        if (_answered.Count > 8) _answered.RemoveAt(0);
        return turn.Reply;
    }

    private UploadId NextId() => new((UInt128)(ulong)++_ids);

    private void Saw(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
