using System.Collections.Concurrent;
using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Links;

/// <summary>
/// What links the attempts under way have made: an upload that is delivered with one keeps its bytes until it has expired. Whichever route makes it, and whether it makes one for every file or only for large
/// ones, an attempt that made none costs nothing. What an attempt made that was cut off stays here for the next one, until it has expired: its link may have arrived.
/// </summary>
public sealed class LinksGivenOut(IFileLinks links, TimeProvider time) : IFileLinks
{
    /// <summary>So many are not worth a look for what has expired.</summary>
    private const int FewEnough = 1000;

    private readonly ConcurrentDictionary<UploadId, DateTimeOffset> _until = new();
    private int _lookAt = FewEnough;

    /// <summary>Uploads with a link that no outcome has taken.</summary>
    public int Count => _until.Count;

    public async ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken)
    {
        var link = await links.MakeAsync(upload, cancellationToken);
        _until.AddOrUpdate(upload.Id, static (_, made) => made, static (_, before, made) => made > before ? made : before, link.Expires);
        if (_until.Count > Volatile.Read(ref _lookAt)) DropExpired();
        return link;
    }

    /// <summary>When the upload's last link expires; null: none was made. An attempt has ended with an outcome: it is forgotten here.</summary>
    public DateTimeOffset? Take(UploadId upload) => _until.TryRemove(upload, out var until) ? until : null;

    /// <summary>Looks at all of them, but only once they are twice as many as the last look left: each link made pays for two at most.</summary>
    private void DropExpired()
    {
        var now = time.GetUtcNow();
        foreach (var made in _until)
        {
            if (made.Value <= now) _until.TryRemove(made);
        }
        Volatile.Write(ref _lookAt, Math.Max(FewEnough, _until.Count * 2));
    }
}
