using System.Buffers;
using Gatehouse.Actors.Codec;

namespace Gatehouse.Actors.Contacts;

/// <summary>A contact's actor: its line, its quotas, what it has sent before. One turn per file in <c>Turns/</c>; the rules in words in <c>docs/actors.md</c>.</summary>
public sealed class ContactActor : ActorKind<ContactState, ContactCommand, ContactReply>
{
    private readonly ContactRules _rules;

    public ContactActor(ContactRules rules)
    {
        rules.Validate();
        _rules = rules;
    }

    public override string Name => "contact";

    public override ContactState Empty => ContactState.Empty;

    public override int Schema => ContactCodec.Schema;

    public override ContactTurn Run(ContactState state, ContactCommand command, DateTimeOffset now)
    {
        var time = Moment.Of(now);
        // Kept whatever the turn makes of it: a wait that was cut after the clock was set back must run from this turn, not from each one anew.
        state = state.Settled(_rules, time);
        return command switch
        {
            Knock knock => KnockTurn.Run(_rules, state, knock, time),
            CountRefused refused => CountRefusedTurn.Run(state, refused, time),
            Peek peek => PeekTurn.Run(_rules, state, peek, time),
            TurnAway away => TurnAwayTurn.Run(_rules, state, away, time),
            Admit admit => AdmitTurn.Run(_rules, state, admit, time),
            Claim claim => ClaimTurn.Run(_rules, state, claim.Request, time),
            PutOff putOff => PutOffTurn.Run(_rules, state, putOff, time),
            Renew renew => RenewTurn.Run(_rules, state, renew, time),
            Complete complete => CompleteTurn.Run(_rules, state, complete, time),
            Describe => DescribeTurn.Run(_rules, state, time),
            _ => throw new ArgumentException($"No such command: {command.GetType().Name}.", nameof(command)),
        };
    }

    /// <summary>Welcome at the door, nothing known of the bytes: Admit decides.</summary>
    public override bool PromisesNothing(ContactReply reply) => reply is ContactReply.Welcome or ContactReply.Fresh;

    /// <summary>
    /// With a line: when its head's claim or wait ends. Without: when the last remembered thing runs out, for Describe to let it go. Blank: never, the row may be deleted.
    /// </summary>
    public override Wake Wake(ContactState state)
    {
        if (state.Head is { } head) return new Wake(Moment.Of(state.HeadFreeAt()), head is { Claim: null, WaitsForRoute: true }, Forget: false);
        return state.IsBlank ? new Wake(null, Waiting: false, Forget: true) : new Wake(Moment.Of(state.BlankAt(_rules)), Waiting: false, Forget: false);
    }

    public override void Write(ContactState state, IBufferWriter<byte> output) => ContactCodec.Write(state, output);

    public override ContactState Read(int schema, ReadOnlySpan<byte> input)
    {
        Schemas.Check(Name, schema, Schema);
        return ContactCodec.Read(input);
    }
}
