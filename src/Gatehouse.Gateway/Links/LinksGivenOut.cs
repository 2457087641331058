using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Links;

/// <summary>
/// What links the attempts under way have made: an upload that is delivered with one keeps its bytes until it has expired. Whichever route makes it, and whether it makes one for every file or only for large
/// ones, an attempt that made none costs nothing. What an attempt made that was cut off stays here for the next one: its link may have arrived.
/// </summary>
public sealed class LinksGivenOut(IFileLinks links) : IFileLinks
{
    private readonly ConcurrentDictionary<UploadId, DateTimeOffset> _until = new();

    public async ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken)
    {
        var link = await links.MakeAsync(upload, cancellationToken);
        _until.AddOrUpdate(upload.Id, static (_, made) => made, static (_, before, made) => made > before ? made : before, link.Expires);
        return link;
    }

    /// <summary>When the upload's last link expires; null: none was made. An attempt has ended with an outcome: it is forgotten here.</summary>
    public DateTimeOffset? Take(UploadId upload) => _until.TryRemove(upload, out var until) ? until : null;
}
