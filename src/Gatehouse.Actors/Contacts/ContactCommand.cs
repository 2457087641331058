namespace Gatehouse.Actors.Contacts;

/// <summary>What a contact's actor can be asked.</summary>
public abstract record ContactCommand;

/// <summary>May this contact send a file now? Reads only. A known <paramref name="IdempotencyKey"/> is let through when quotas are used up: its repeat costs none.</summary>
public sealed record Knock(Fingerprint? IdempotencyKey) : ContactCommand;

/// <summary>An upload was refused after it had been read: it counts as an attempt. The id is the refused upload's.</summary>
public sealed record CountRefused(UploadId Id) : ContactCommand;

/// <summary>What Admit would say, read only: asked before the bytes of a large file are made durable.</summary>
public sealed record Peek(AdmitRequest Request) : ContactCommand;

/// <summary>What Peek said takes effect, and the bytes are not kept: the attempt is counted, and a duplicate's key is kept for the first upload. Answered <see cref="ContactReply.Fresh"/>, and nothing changed, where it may be admitted by now.</summary>
public sealed record TurnAway(AdmitRequest Request) : ContactCommand;

/// <summary>Takes an upload into the line, or settles it as a duplicate or a repeat. The row's status, sequence and creation time are the turn's to set.</summary>
/// <param name="Row">The upload's row.</param>
/// <param name="SmallFile">The bytes go along as a row in the same commit.</param>
/// <param name="Claim">When given and the line is empty, the same turn claims.</param>
public sealed record Admit(AdmitRequest Request, UploadRow Row, bool SmallFile, ClaimRequest? Claim) : ContactCommand;

/// <summary>What decides an admission.</summary>
/// <param name="Content">Fingerprint of conversation, route and bytes: the duplicate's key.</param>
/// <param name="AllowDuplicate"><c>duplicate=allow</c>.</param>
/// <param name="IdempotencyKey">Fingerprint of caller and key.</param>
/// <param name="Body">Fingerprint of bytes and conversation: what the same key must repeat.</param>
public sealed record AdmitRequest(UploadId Id, long Size, Fingerprint Content, bool AllowDuplicate, Fingerprint? IdempotencyKey, Fingerprint Body);

/// <summary>Takes the head of the line for an attempt.</summary>
public sealed record Claim(ClaimRequest Request) : ContactCommand;

/// <param name="Attempt">The attempt's id, made before the first try.</param>
/// <param name="Owner">The claiming node's id, new with every start.</param>
/// <param name="SoleOwner">One process owns the store, so another owner's claim is dead.</param>
/// <param name="Early">The route works again: a back-off for a fault that was not the upload's own is not waited out.</param>
public sealed record ClaimRequest(UploadId Attempt, string Owner, bool SoleOwner, bool Early);

/// <summary>
/// The head's route takes nobody now: it waits for <paramref name="Delay"/>, or until the route works again. No attempt was made, and none is counted. Void for another head, or one that is claimed.
/// </summary>
public sealed record PutOff(UploadId Id, TimeSpan Delay) : ContactCommand;

/// <summary>Keeps a claim alive.</summary>
public sealed record Renew(UploadId Id, long Fence) : ContactCommand;

/// <summary>Records an attempt's outcome. Void only when a newer fence exists.</summary>
public sealed record Complete(UploadId Id, long Fence, AttemptOutcome Outcome) : ContactCommand;

/// <summary>Woken, or asked for the quota's state: forgets what is past and tells the line.</summary>
public sealed record Describe : ContactCommand;

/// <summary>How an attempt ended.</summary>
public abstract record AttemptOutcome
{
    /// <summary>Genesys has it. <paramref name="Result"/>: its answer, JSON. <paramref name="FileUntil"/>: a link to the file was handed out, so its bytes are kept until then.</summary>
    public sealed record Delivered(string? Result, string? GenesysContactId, DateTimeOffset? FileUntil = null) : AttemptOutcome;

    /// <summary>It can never be delivered. <paramref name="Error"/>: the problem, JSON.</summary>
    public sealed record Failed(string Error) : AttemptOutcome;

    /// <summary>
    /// Try again after <paramref name="Delay"/>. <paramref name="Counted"/>: the route otherwise works, so the attempt counts against the upload. Ends the
    /// upload as failed when counted ones are used up, or as expired past its limit of time.
    /// </summary>
    /// <param name="WaitsOut">The wait is this upload's own, and a route that works ends it no sooner: nobody is there to take it, or its session was told to wait.</param>
    public sealed record Retry(TimeSpan Delay, bool Counted, string Error, bool WaitsOut = false) : AttemptOutcome;

    /// <summary>The claim is given back unused (shutdown, no permit): no attempt was made, the entry is due at once.</summary>
    public sealed record HandedBack : AttemptOutcome;
}
