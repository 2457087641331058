namespace Gatehouse.Genesys.Routes;

/// <summary>The Messenger deployment whose guests send files.</summary>
/// <param name="Address">Where guests connect: <c>wss://webmessaging.{domain}/v1</c>.</param>
/// <param name="Origin">The <c>Origin</c> that the deployment allows; null: none is sent.</param>
/// <param name="MaxFileSizeKB">The deployment's own <c>maxFileSizeKB</c>.</param>
public sealed record WebMessagingOptions(string DeploymentId, Uri Address, string? Origin, int MaxFileSizeKB)
{
    /// <summary>Genesys' default, in KB.</summary>
    public const int DefaultMaxFileSizeKB = 10_240;

    /// <summary>Genesys' own client counts 1,000 bytes a KB, its documentation 1,024: the smaller one is safe.</summary>
    public long MaxFileBytes => MaxFileSizeKB * 1000L;
}
