using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Links;

/// <summary>Links to this gateway's own address <c>/files/{id}</c>, which any node answers.</summary>
public sealed class GatehouseLinks(LinkSigner signer, LinksOptions options, TimeProvider time) : IFileLinks
{
    public ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken)
    {
        var expires = time.GetUtcNow().AddHours(options.LifetimeHours);
        var address = options.PublicBaseUrl ?? throw new InvalidOperationException($"{Keys.LinksPublicBaseUrl.Name}: links cannot be made without it.");
        return new(new FileLink(new Uri($"{address.AbsoluteUri.TrimEnd('/')}{FileLinkEndpoint.Path}{upload.Id}{signer.Sign(upload.Id, expires)}"), expires));
    }
}
