namespace Gatehouse.Gateway.Configuration;

/// <summary>Which Genesys Cloud, and as whom.</summary>
public sealed record GenesysSettings
{
    public string Region { get; init; } = "";
    public string ClientId { get; init; } = "";
    public string ClientSecret { get; init; } = "";
    public Uri? LoginBaseAddress { get; init; }
    public Uri? ApiBaseAddress { get; init; }

    /// <summary>0: unlimited.</summary>
    public int RequestsPerMinute { get; init; } = (int)Keys.RequestsPerMinute.Default;

    /// <summary>Whether anything says which Genesys to speak to; the simulator steps in where nothing does.</summary>
    public bool IsConfigured => ClientId.Length > 0 || ClientSecret.Length > 0 || Region.Length > 0 || LoginBaseAddress is not null || ApiBaseAddress is not null;

    internal static GenesysSettings Read(KeyReader reader) => new()
    {
        Region = reader.Text(Keys.Region),
        ClientId = reader.Text(Keys.ClientId),
        ClientSecret = reader.Text(Keys.ClientSecret),
        LoginBaseAddress = reader.Address(Keys.LoginBaseAddress),
        ApiBaseAddress = reader.Address(Keys.ApiBaseAddress),
        RequestsPerMinute = (int)reader.Number(Keys.RequestsPerMinute),
    };

    /// <summary>One sentence for each thing that is missing.</summary>
    internal IEnumerable<string> Missing()
    {
        if (ClientId.Length == 0) yield return $"{Keys.ClientId.Name} is empty: it must be the id of an OAuth client with the client credentials grant (or set GENESYS_CLIENT_ID).";
        if (ClientSecret.Length == 0) yield return $"{Keys.ClientSecret.Name} is empty: it must be that client's secret (or set GENESYS_CLIENT_SECRET).";
        if (Region.Length == 0 && (LoginBaseAddress is null || ApiBaseAddress is null))
            yield return $"{Keys.Region.Name} is empty: it must be a Genesys Cloud region such as us-east-1 (or set GENESYS_CLOUD_REGION), or both {Keys.LoginBaseAddress.Name} and {Keys.ApiBaseAddress.Name} must be set.";
    }
}
