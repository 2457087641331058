using System.Collections.Concurrent;
using Gatehouse.Actors.Contacts;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Idempotency keys whose first upload is being received on this node: a repeat meanwhile gets 409.</summary>
public sealed class KeysInProgress
{
    private readonly ConcurrentDictionary<(string Contact, Fingerprint Key), byte> _keys = new();

    /// <summary>Null: another request of the contact holds the key.</summary>
    public IDisposable? TryHold(string contact, Fingerprint key) => _keys.TryAdd((contact, key), 0) ? new Held(this, (contact, key)) : null;

    private sealed class Held(KeysInProgress keys, (string, Fingerprint) key) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) keys._keys.TryRemove(key, out _);
        }
    }
}
