using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Links;

/// <summary>Links of the object store's own: whoever fetches one asks no node of ours. A small file, which lies beside the state, is put there first.</summary>
public sealed class StoreLinks(IBlobLinks links, IBlobStore blobs, ISmallFiles small, LinksOptions options, TimeProvider time) : IFileLinks
{
    public async ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken)
    {
        var expires = time.GetUtcNow().AddHours(options.LifetimeHours);
        try
        {
            if (upload.Size <= Delivery.FilePlaces.SmallFileBytes && await small.OpenAsync(upload.Id, cancellationToken) is { } file)
            {
                using (file) await blobs.PutAsync(upload.Id, file, cancellationToken);
            }
            return new FileLink(await links.SignAsync(upload.Id, Presentation.Of(upload), expires, cancellationToken), expires);
        }
        catch (StoreUnavailableException e)
        {
            throw new IOException("The object store does not take the file that a link is to be made to.", e);
        }
    }
}
