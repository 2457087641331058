namespace Gatehouse.Actors.Contacts;

/// <summary>What a contact's actor answers.</summary>
public abstract record ContactReply
{
    /// <summary>Knock: come in. CountRefused: counted.</summary>
    public sealed record Welcome : ContactReply
    {
        public static readonly Welcome Instance = new();
    }

    /// <summary>Knock, Peek, TurnAway, Admit: a quota is used up.</summary>
    public sealed record OverQuota(QuotaUse Use) : ContactReply;

    /// <summary>Peek, TurnAway: nothing known of these bytes.</summary>
    public sealed record Fresh : ContactReply
    {
        public static readonly Fresh Instance = new();
    }

    /// <summary>Peek, TurnAway, Admit: the same bytes were taken before.</summary>
    public sealed record Duplicate(UploadId First) : ContactReply;

    /// <summary>Peek, TurnAway, Admit: the same idempotency key with the same body.</summary>
    public sealed record Replayed(UploadId First) : ContactReply;

    /// <summary>Peek, TurnAway, Admit: the same idempotency key with another body.</summary>
    public sealed record KeyReused : ContactReply
    {
        public static readonly KeyReused Instance = new();
    }

    /// <summary>Admit: taken. <paramref name="Ahead"/>: entries before it; <paramref name="HeadNotBefore"/>: the head's next attempt, when it waits out a back-off.</summary>
    public sealed record Admitted(UploadRow Row, int Ahead, DateTimeOffset? HeadNotBefore, Claimed? Claim) : ContactReply;

    /// <summary>Claim: the head is yours until <paramref name="LeaseUntil"/>.</summary>
    /// <param name="Attempts">Outcomes recorded before this attempt.</param>
    /// <param name="OutcomeUnknown">An earlier attempt's outcome was never recorded: this one may repeat it.</param>
    public sealed record Claimed(UploadId Id, long Fence, DateTimeOffset LeaseUntil, int Attempts, bool OutcomeUnknown) : ContactReply;

    /// <summary>Claim: the line is empty.</summary>
    public sealed record NothingWaiting : ContactReply
    {
        public static readonly NothingWaiting Instance = new();
    }

    /// <summary>Claim: the head is claimed by another, or waits out a back-off, until then. PutOff: it waits until then.</summary>
    public sealed record NotBefore(DateTimeOffset At) : ContactReply;

    /// <summary>Renew: kept.</summary>
    public sealed record Renewed(DateTimeOffset LeaseUntil) : ContactReply;

    /// <summary>Renew, Complete: a newer claim exists, or the upload has ended otherwise. Stop. PutOff: it is not the head, or it is claimed.</summary>
    public sealed record Void : ContactReply
    {
        public static readonly Void Instance = new();
    }

    /// <summary>Complete: recorded. <paramref name="Waiting"/>: entries left in the line; <paramref name="HeadNotBefore"/>: null when the head may go now.</summary>
    public sealed record Recorded(UploadStatus Status, int Waiting, DateTimeOffset? HeadNotBefore) : ContactReply;

    /// <summary>Describe. <paramref name="Head"/>: the upload that goes next.</summary>
    public sealed record Description(int Waiting, DateTimeOffset? HeadNotBefore, bool HeadClaimed, QuotaUse Files, QuotaUse Bytes, QuotaUse Attempts, UploadId? Head) : ContactReply;
}

/// <summary>A quota and what is used of it.</summary>
/// <param name="Quota"><c>files</c>, <c>bytes</c>, <c>attempts</c>, <c>line</c>.</param>
/// <param name="ResetsAt">When what was asked for fits again; the turn's now when it fits already.</param>
public sealed record QuotaUse(string Quota, long Limit, long Used, DateTimeOffset ResetsAt);
