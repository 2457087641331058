using Gatehouse.Actors;

namespace Gatehouse.Genesys;

public sealed partial class GenesysClient
{
    /// <summary>
    /// Puts a file to an address that Genesys handed out, with exactly the headers that it named: the address itself is the leave, so no access token goes there, and it is no request to the Platform API.
    /// </summary>
    internal async ValueTask<GenesysAnswer> PutAsync(string operation, PresignedUpload where, FileBytes bytes, CancellationToken cancellationToken)
    {
        using var content = new FilePartContent(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Put, where.Address) { Content = content };
        foreach (var (name, value) in where.Headers)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, value)) content.Headers.TryAddWithoutValidation(name, value);
        }
        return await ExchangeAsync(operation, request, permit: null, cancellationToken);
    }

    /// <summary>An address that Genesys hands out is followed over TLS only, but where the API itself is spoken to without.</summary>
    internal bool MayFollow(Uri address) => address.Scheme is "https" || (address.Scheme is "http" && _base.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
}
