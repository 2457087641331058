namespace Gatehouse.Actors;

public enum UploadStatus
{
    Queued = 0,
    Delivering = 1,
    Delivered = 2,
    Failed = 3,
    Expired = 4,
}

public static class UploadStatusExtensions
{
    /// <summary>Delivered, failed and expired uploads never change again.</summary>
    public static bool IsFinal(this UploadStatus status) => status >= UploadStatus.Delivered;
}

/// <summary>An upload as it is shown: the envelope's members, and who sent it. Times are UTC.</summary>
public sealed record UploadRow
{
    public required UploadId Id { get; init; }
    public required string ContactId { get; init; }
    public string? ConversationId { get; init; }
    public string? GenesysContactId { get; init; }
    public required string Filename { get; init; }
    public required string OriginalFilename { get; init; }
    public required string Mime { get; init; }
    public string? Charset { get; init; }
    public required long Size { get; init; }

    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
    public UploadStatus Status { get; init; }
    public IReadOnlyList<string> Flags { get; init; } = [];
    public required string Route { get; init; }
    public string? SenderId { get; init; }

    /// <summary>Delivery attempts whose outcome was recorded.</summary>
    public int Attempts { get; init; }

    /// <summary>Place in the contact's line: strictly rising in order of admission.</summary>
    public long Sequence { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What Genesys answered, JSON as received; null before.</summary>
    public string? Result { get; init; }

    /// <summary>The problem that ended it, or that its last attempt met: RFC 9457 JSON.</summary>
    public string? Error { get; init; }

    /// <summary>Name of the API key that sent it.</summary>
    public string? Caller { get; init; }
}
