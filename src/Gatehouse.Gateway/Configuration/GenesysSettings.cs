using Gatehouse.Gateway.Credentials;
using Gatehouse.Genesys;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Gateway.Configuration;

/// <summary>Which Genesys Cloud, and as whom: the section <c>Genesys</c> as it was written.</summary>
public sealed record GenesysSettings
{
    public string Region { get; init; } = "";
    public string ClientId { get; init; } = "";
    public string ClientSecret { get; init; } = "";

    /// <summary>Several clients, in the place of the one.</summary>
    public IReadOnlyList<ClientOptions> Clients { get; init; } = [];

    public string LoginBaseAddress { get; init; } = "";
    public string ApiBaseAddress { get; init; } = "";

    /// <summary>0: unlimited.</summary>
    public int RequestsPerMinute { get; init; } = (int)Keys.RequestsPerMinute.Default;

    public int ConnectTimeoutSeconds { get; init; } = (int)Keys.ConnectTimeoutSeconds.Default;

    public int LoginTimeoutSeconds { get; init; } = (int)Keys.LoginTimeoutSeconds.Default;

    public int CallTimeoutSeconds { get; init; } = (int)Keys.CallTimeoutSeconds.Default;

    /// <summary>Whether anything says which Genesys to speak to; the simulator steps in where nothing does.</summary>
    public bool IsConfigured => (ClientId.Length | ClientSecret.Length | Region.Length | LoginBaseAddress.Length | ApiBaseAddress.Length | Clients.Count) > 0;

    /// <summary>In the words of the room that speaks to Genesys.</summary>
    public GenesysOptions ToGenesys() => new()
    {
        Region = Region,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        Clients = Clients,
        LoginBaseAddress = LoginBaseAddress,
        ApiBaseAddress = ApiBaseAddress,
        RequestsPerMinute = RequestsPerMinute,
        ConnectTimeoutSeconds = ConnectTimeoutSeconds,
        LoginTimeoutSeconds = LoginTimeoutSeconds,
        CallTimeoutSeconds = CallTimeoutSeconds,
    };

    /// <summary>As a start would read them now.</summary>
    internal static GenesysSettings Read(ConfigurationAgain again)
    {
        using var read = again.Read();
        var configuration = GenesysAliases.Over(read);
        using var layered = configuration as IDisposable;
        return Read(configuration, new KeyReader(configuration));
    }

    internal static GenesysSettings Read(IConfiguration configuration, KeyReader reader) => new()
    {
        Region = reader.Text(Keys.Region),
        ClientId = reader.Text(Keys.ClientId),
        ClientSecret = reader.Text(Keys.ClientSecret),
        Clients = [.. configuration.GetSection("Genesys:Clients").GetChildren().Select(client => new ClientOptions(client["ClientId"]?.Trim(), client["ClientSecret"]?.Trim()))],
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
