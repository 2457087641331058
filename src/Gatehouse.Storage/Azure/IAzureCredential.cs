namespace Gatehouse.Storage.Azure;

/// <summary>Who asks: authorizes requests and signs links.</summary>
internal interface IAzureCredential
{
    ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>The link's query.</summary>
    ValueTask<string> SignAsync(SignedLink link, CancellationToken cancellationToken);
}
