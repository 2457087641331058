namespace Gatehouse.Genesys;

// What a pool of several clients' gates sees of each.
public sealed partial class TokenGate
{
    /// <summary>Called when those that wait here had better go elsewhere: a pause, or refused credentials. Under the gate's lock, so it must not call back.</summary>
    internal Action Stalled { get; set; } = () => { };

    /// <summary>Calls that wait for a permit.</summary>
    internal int Waiting => _waiting;

    /// <summary>Nobody is let in for now.</summary>
    internal bool IsRefused
    {
        get
        {
            lock (_sync) return _refusedUntil > Now;
        }
    }

    /// <summary>This token was refused (401); whoever asks next gets a newer one.</summary>
    internal void Drop(Permit refused)
    {
        lock (_sync) Refuse(refused);
    }
}
