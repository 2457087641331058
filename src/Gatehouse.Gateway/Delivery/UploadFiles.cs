using Gatehouse.Actors;

namespace Gatehouse.Gateway.Delivery;

/// <summary>An upload's durable bytes, wherever its size put them: beside the state, or in the blob store.</summary>
public sealed class UploadFiles(ISmallFiles small, IBlobStore blobs)
{
    /// <summary>Files to this size go in the turn's own commit: 256 KB.</summary>
    public const int SmallFileBytes = 256 * 1024;

    public ValueTask<FileBytes?> OpenAsync(UploadRow row, CancellationToken cancellationToken) =>
        row.Size <= SmallFileBytes ? small.OpenAsync(row.Id, cancellationToken) : blobs.OpenAsync(row.Id, cancellationToken);
}
