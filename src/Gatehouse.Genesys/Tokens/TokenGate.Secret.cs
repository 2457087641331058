namespace Gatehouse.Genesys;

// The client's secret, which may be changed while calls go on.
public sealed partial class TokenGate
{
    private volatile TokenVault _vault;
    private TokenVault? _formerVault;
    private TimeSpan _foreignUntil;
    private bool _wereRefused;

    public Action CredentialsWorkAgain { get; set; } = () => { };

    private TokenVault VaultNow() => new(_key, _login.Credentials.Secret, _login.Login);

    /// <summary>The token that lives goes on, sealed as it was; where none does, or the old secret was refused, the new one is tried at once.</summary>
    private void OnSecretChanged()
    {
        lock (_sync)
        {
            if (_stopped) return;
            Log.SecretChanged(_logger, _key);
            (_formerVault, _vault) = (_vault, VaultNow());
            (_credentialsRefusedUntil, _refusedUntil, _foreignUntil, _askNotBefore) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
            (_tellSecretChanged, _probe) = (true, true);
            Step();
        }
    }

    /// <summary>
    /// Sealed under another secret: one from before a restart is voided for a new one. Another one soon after is another node's, which has another secret than this one; voiding each other's tokens would let neither send.
    /// </summary>
    private void CannotOpen(long version)
    {
        if (_foreignUntil > Now)
        {
            _trouble = $"Another node seals its tokens under another secret of the client {_key}: the nodes' secrets must be the same.";
            return;
        }
        Log.NotOurs(_logger);
        _foreignUntil = Now + CredentialsRetry;
        _toInvalidate = version;
    }

    /// <summary>Once after a refusal.</summary>
    private void AnnounceCredentials()
    {
        if (!_wereRefused) return;
        _wereRefused = false;
        _ = Task.Run(CredentialsWorkAgain);
    }
}
