namespace Gatehouse.Gateway.Configuration;

/// <summary>The embedded stand-in for Genesys Cloud.</summary>
public sealed record SimulatorSettings
{
    /// <summary>Where it listens; null: it does not run, because of the key, of credentials, or of Production.</summary>
    public Uri? Url { get; init; }

    public bool Embedded => Url is not null;

    internal static SimulatorSettings Read(KeyReader reader, bool wanted)
    {
        var url = reader.Address(Keys.SimulatorUrl);
        if (url is not null && !(ListenAddress.TryRead(url.OriginalString, out var address) && string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)))
        {
            reader.Refuse(Keys.SimulatorUrl);
            url = new Uri(Keys.SimulatorUrl.Default);
        }

        return new() { Url = wanted ? url : null };
    }
}
