namespace Gatehouse.Storage.Azure;

/// <summary>Which container of Azure Blob Storage, and who asks: the account's key, or an application of Microsoft Entra ID.</summary>
public sealed record AzureOptions
{
    /// <summary>Of the account's blob service, such as <c>https://account.blob.core.windows.net</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Empty: the first label of the endpoint's host.</summary>
    public string Account { get; init; } = "";

    public required string Container { get; init; }

    /// <summary>What every blob's name begins with, for a container that is shared.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Base64; empty: Entra ID.</summary>
    public string AccountKey { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>Where Entra ID gives out tokens.</summary>
    public Uri Login { get; init; } = new("https://login.microsoftonline.com/");

    /// <summary>Of one request up to its answer's head, and of one read of an answer: as long as a Genesys call may take. A block is 8 MB, so a network of 140 KB/s is still fast enough.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries beyond the first.</summary>
    public int Retries { get; init; } = 2;

    public string AccountName => Account.Length > 0 ? Account : Endpoint.Host.Split('.')[0];

    public bool UsesAccountKey => AccountKey.Length > 0;

    /// <summary>
    /// How long a link that the store makes can live. Signed with the account's key: as long as anybody wants. With a user delegation key: the 7 days that such a key can live, less an hour for the difference of
    /// two clocks, as one that reaches past them is refused.
    /// </summary>
    public TimeSpan LongestLink => UsesAccountKey ? TimeSpan.FromDays(366) : TimeSpan.FromDays(7) - TimeSpan.FromHours(1);
}
