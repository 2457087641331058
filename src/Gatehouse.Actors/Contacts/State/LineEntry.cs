namespace Gatehouse.Actors.Contacts;

/// <summary>An unfinished upload in its contact's line.</summary>
public sealed record LineEntry
{
    public required UploadId Id { get; init; }
    public required long Sequence { get; init; }
    public required long Size { get; init; }
    public required long AdmittedAt { get; init; }

    /// <summary>The counter of files and bytes that it is in, by the counter's start.</summary>
    public required long CountedIn { get; init; }
    public required Fingerprint Content { get; init; }
    public Fingerprint? Key { get; init; }
    public required Fingerprint Body { get; init; }

    /// <summary>Outcomes recorded, and those among them that count against it.</summary>
    public int Attempts { get; init; }
    public int CountedAttempts { get; init; }

    /// <summary>The next attempt's earliest time: its admission's until an attempt failed.</summary>
    public required long NotBefore { get; init; }

    /// <summary>The last attempt's fault was not its own: it may go early when the route works again.</summary>
    public bool WaitsForRoute { get; init; }

    /// <summary>A claim on it ended without a recorded outcome; it may have been delivered already.</summary>
    public bool OutcomeUnknown { get; init; }
    public HeldClaim? Claim { get; init; }

    /// <summary>The last recorded outcome's answer, for a re-run.</summary>
    public Answered? LastAnswer { get; init; }
}

/// <summary>A claim on the head: who attempts it, under which fence, until when.</summary>
public sealed record HeldClaim(UploadId Attempt, string Owner, long Fence, long LeaseUntil)
{
    /// <summary>Longest owner's id, in UTF-8 bytes: a node's name and a random part fit.</summary>
    public const int MaxOwnerBytes = 256;
}

/// <summary>What a Complete was answered, kept so that its re-run gets the same.</summary>
public sealed record Answered(long Fence, UploadStatus Status, int Waiting, long? HeadNotBefore, long At)
{
    public ContactReply Reply => new ContactReply.Recorded(Status, Waiting, Moment.Of(HeadNotBefore));
}
