namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>A file that a client means to send once. Its bytes are like no other's; every request for it carries the same key.</summary>
internal sealed record ClientFile(string Contact, string Key, string Filename, long Size, string Sha256);

/// <summary>One request: sent when and to which node, and what came of it. <paramref name="Reply"/> is null where no answer came; <paramref name="Broken"/> then says how it ended.</summary>
internal sealed record Sending(ClientFile File, int Node, TimeSpan SentAt, TimeSpan EndedAt, Reply? Reply, string? Broken = null)
{
    /// <summary>Answered 200 or 202: the gateway has taken the upload on.</summary>
    public bool IsPromised => Reply is { Status: 200 or 202 };
}

/// <param name="UploadId">The envelope's, where the answer has one.</param>
/// <param name="Code">A problem's.</param>
/// <param name="Quota">Which quota a 429 names.</param>
internal sealed record Reply(int Status, string? UploadId = null, string? Code = null, string? Quota = null, bool HasRetryAfter = false);
