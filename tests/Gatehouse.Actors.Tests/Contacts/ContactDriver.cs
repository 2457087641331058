using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>Drives a contact's actor by hand: small numbers for ids and fingerprints, a clock that passes when told.</summary>
internal sealed class ContactDriver(ContactRules rules, DateTimeOffset start)
{
    private readonly ContactActor _actor = new(rules);
    private ulong _attempts = 1000;

    public ContactState State { get; private set; } = ContactState.Empty;
    public DateTimeOffset Now { get; private set; } = start;
    public IReadOnlyList<Record> Records { get; private set; } = [];
    public Wake Wake => _actor.Wake(State);

    public static UploadId Id(int number) => new((UInt128)(uint)number);

    public static Fingerprint Print(int number) => new((UInt128)(uint)number);

    public void Pass(TimeSpan time) => Now += time;

    public ContactReply Ask(ContactCommand command)
    {
        var turn = _actor.Run(State, command, Now);
        (State, Records) = (turn.State, turn.Records);
        return turn.Reply;
    }

    public static AdmitRequest Request(int id, int content, int? key = null, long size = 100, bool allow = false, int? body = null) =>
        new(Id(id), size, Print(content), allow, key is { } number ? Print(number) : null, Print(body ?? content + 100));

    public ContactReply Admit(int id, int content, int? key = null, long size = 100, bool allow = false, int? body = null, ClaimRequest? claim = null, bool small = false)
    {
        var row = new UploadRow
        {
            Id = Id(id),
            ContactId = "c",
            Filename = "f",
            OriginalFilename = "f",
            Mime = "m",
            Size = size,
            Sha256 = "s",
            Route = "r",
            CreatedAt = default,
        };
        return Ask(new Admit(Request(id, content, key, size, allow, body), row, small, claim));
    }

    public ClaimRequest NewClaim(string owner = "node", bool soleOwner = false, bool early = false) => new(new UploadId(++_attempts), owner, soleOwner, early);

    public ContactReply TryClaim(string owner = "node", bool soleOwner = false, bool early = false) => Ask(new Claim(NewClaim(owner, soleOwner, early)));

    public ContactReply.Claimed Claim(string owner = "node", bool soleOwner = false) => Assert.IsType<ContactReply.Claimed>(TryClaim(owner, soleOwner));

    public ContactReply Complete(ContactReply.Claimed claimed, AttemptOutcome outcome) => Ask(new Complete(claimed.Id, claimed.Fence, outcome));

    public void Deliver(int id, int content, int? key = null)
    {
        Assert.IsType<ContactReply.Admitted>(Admit(id, content, key));
        Complete(Claim(), new AttemptOutcome.Delivered("{}", null));
    }
}
