using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The Messenger deployment whose guests send files: the section <c>WebMessaging</c>.</summary>
public sealed record WebMessagingSettings
{
    /// <summary>Empty: there is none.</summary>
    public string DeploymentId { get; init; } = "";

    /// <summary>Seals guests' tokens in the store, in Base64; empty: none.</summary>
    public string TokenKey { get; init; } = "";

    /// <summary>Where guests connect, instead of the region's own host; empty: there.</summary>
    public string Address { get; init; } = "";

    public string Origin { get; init; } = "";

    public int MaxFileSizeKB { get; init; } = (int)Keys.MaxFileSizeKB.Default;

    public byte[] SealingKey => Convert.FromBase64String(TokenKey);

    /// <param name="region">The region's own address; null: it has none.</param>
    public WebMessagingOptions ToGenesys(Uri? region) =>
        new(DeploymentId, Address.Length > 0 ? new Uri(Address) : region ?? throw new InvalidOperationException($"{Keys.WebMessagingAddress.Name} is empty."), Origin.Length == 0 ? null : Origin, MaxFileSizeKB);

    internal static WebMessagingSettings Read(KeyReader reader) => new()
    {
        DeploymentId = OpenMessagingSettings.Id(reader, Keys.DeploymentId),
        TokenKey = Key(reader),
        Address = Checked(reader, Keys.WebMessagingAddress, "it must be an absolute ws or wss address, such as wss://webmessaging.mypurecloud.com/v1, or empty", "ws", "wss"),
        Origin = Checked(reader, Keys.Origin, "it must be an origin such as https://www.example.org, or empty", "http", "https"),
        MaxFileSizeKB = (int)reader.Number(Keys.MaxFileSizeKB),
    };

    /// <summary>The embedded simulator is Messenger's service too.</summary>
    internal WebMessagingSettings AtSimulator(Uri url) =>
        Address.Length > 0 ? this : this with { Address = new UriBuilder(url) { Scheme = url.Scheme is "https" ? "wss" : "ws", Path = "/v1" }.Uri.AbsoluteUri };

    private static string Key(KeyReader reader)
    {
        var text = reader.Text(Keys.TokenKey);
        Span<byte> key = stackalloc byte[GuestTokenVault.KeyLength + 1];
        if (text.Length == 0 || (Convert.TryFromBase64String(text, key, out var length) && length == GuestTokenVault.KeyLength)) return text;
        reader.Refuse(Keys.TokenKey, $"it must be {GuestTokenVault.KeyLength} random bytes in Base64, as from openssl rand -base64 {GuestTokenVault.KeyLength}");
        return "";
    }

    private static string Checked(KeyReader reader, TextKey key, string rule, params ReadOnlySpan<string> schemes)
    {
        var text = reader.Text(key);
        if (text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) && uri is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 })) return text;
        reader.Refuse(key, rule);
        return "";
    }
}
