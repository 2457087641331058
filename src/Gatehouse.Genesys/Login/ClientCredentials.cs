namespace Gatehouse.Genesys;

/// <summary>One OAuth client: its id, and its secret as it stands now. The secret can be changed while calls go on.</summary>
public sealed class ClientCredentials(string clientId, string secret)
{
    private volatile string _secret = secret;

    public string ClientId { get; } = clientId;

    public string Secret => _secret;

    /// <summary>Called after the secret was changed.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>False: it is the secret that was there before.</summary>
    public bool Change(string secret)
    {
        if (string.Equals(_secret, secret, StringComparison.Ordinal)) return false;
        _secret = secret;
        Changed();
        return true;
    }
}
