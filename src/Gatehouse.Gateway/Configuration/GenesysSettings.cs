using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Which Genesys Cloud, and as whom: the section <c>Genesys</c> as it was written.</summary>
public sealed record GenesysSettings
{
    public string Region { get; init; } = "";
    public string ClientId { get; init; } = "";
    public string ClientSecret { get; init; } = "";
    public string LoginBaseAddress { get; init; } = "";
    public string ApiBaseAddress { get; init; } = "";

    /// <summary>0: unlimited.</summary>
    public int RequestsPerMinute { get; init; } = (int)Keys.RequestsPerMinute.Default;

    public int ConnectTimeoutSeconds { get; init; } = (int)Keys.ConnectTimeoutSeconds.Default;

    public int LoginTimeoutSeconds { get; init; } = (int)Keys.LoginTimeoutSeconds.Default;

    public int CallTimeoutSeconds { get; init; } = (int)Keys.CallTimeoutSeconds.Default;

    /// <summary>Whether anything says which Genesys to speak to; the simulator steps in where nothing does.</summary>
    public bool IsConfigured => (ClientId.Length | ClientSecret.Length | Region.Length | LoginBaseAddress.Length | ApiBaseAddress.Length) > 0;

    /// <summary>In the words of the room that speaks to Genesys.</summary>
    public GenesysOptions ToGenesys() => new()
    {
        Region = Region,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        LoginBaseAddress = LoginBaseAddress,
        ApiBaseAddress = ApiBaseAddress,
        RequestsPerMinute = RequestsPerMinute,
        ConnectTimeoutSeconds = ConnectTimeoutSeconds,
        LoginTimeoutSeconds = LoginTimeoutSeconds,
        CallTimeoutSeconds = CallTimeoutSeconds,
    };

    internal static GenesysSettings Read(KeyReader reader) => new()
    {
        Region = reader.Text(Keys.Region),
        ClientId = reader.Text(Keys.ClientId),
        ClientSecret = reader.Text(Keys.ClientSecret),
        LoginBaseAddress = reader.Text(Keys.LoginBaseAddress),
        ApiBaseAddress = reader.Text(Keys.ApiBaseAddress),
        RequestsPerMinute = (int)reader.Number(Keys.RequestsPerMinute),
        ConnectTimeoutSeconds = (int)reader.Number(Keys.ConnectTimeoutSeconds),
        LoginTimeoutSeconds = (int)reader.Number(Keys.LoginTimeoutSeconds),
        CallTimeoutSeconds = (int)reader.Number(Keys.CallTimeoutSeconds),
    };

    /// <summary>The embedded simulator takes any client.</summary>
    internal GenesysSettings AtSimulator(Uri url, bool unlimited) => this with
    {
        ClientId = "simulator",
        ClientSecret = "simulator",
        LoginBaseAddress = url.AbsoluteUri,
        ApiBaseAddress = url.AbsoluteUri,
        RequestsPerMinute = unlimited ? 0 : RequestsPerMinute,
    };
}
