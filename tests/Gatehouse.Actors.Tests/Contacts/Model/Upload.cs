using Gatehouse.Actors.Contacts;

namespace Gatehouse.Actors.Tests.Contacts;

/// <summary>What the model knows of an admitted upload.</summary>
internal sealed class Upload
{
    public required AdmitRequest Request { get; init; }
    public required long Sequence { get; init; }
    public required long TrueAdmittedAt { get; init; }

    /// <summary>As the rules see it: pulled back to now whenever the clock was set back.</summary>
    public required long AdmittedAt { get; set; }
    public UploadStatus Status { get; set; } = UploadStatus.Queued;
    public int Attempts { get; set; }
    public int Counted { get; set; }
    public bool OutcomeUnknown { get; set; }

    /// <summary>The fence of its last recorded outcome.</summary>
    public long LastFence { get; set; }
    public bool GivenBack => Status is UploadStatus.Failed or UploadStatus.Expired;
}

/// <summary>A claim as its sender knows it.</summary>
internal sealed class Sender
{
    public required UploadId Upload { get; init; }
    public required long Fence { get; init; }
    public required string Owner { get; init; }
    public required ClaimRequest Request { get; init; }
    public required long LeaseUntil { get; set; }

    /// <summary>Neither completed nor superseded by a newer claim.</summary>
    public bool Standing { get; set; } = true;
}
