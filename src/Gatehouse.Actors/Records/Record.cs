namespace Gatehouse.Actors;

/// <summary>A row that a turn writes in the same commit as its state. Rows are for looking at and sending on; only states decide.</summary>
public abstract record Record;

/// <summary>A new upload's own row.</summary>
public sealed record UploadAdded(UploadRow Row) : Record;

/// <summary>An upload's row changes its status. Null members keep what the row has.</summary>
/// <param name="FileUntil">Delivered, but a link to its bytes was handed out: they are kept until then. No <see cref="FileDropped"/> follows; the sweep drops them.</param>
public sealed record UploadMoved(
    UploadId Id, UploadStatus Status, int Attempts, DateTimeOffset At, string? GenesysContactId, string? Result, string? Error, DateTimeOffset? FileUntil = null) : Record;

/// <summary>The small file handed over with the command is stored in this commit, under the upload's id.</summary>
public sealed record FileKept(UploadId Id) : Record;

/// <summary>The upload's bytes are no longer needed. A small file's row goes in this commit; a blob is deleted after it, by whoever sees the record.</summary>
public sealed record FileDropped(UploadId Id, long Size) : Record;
