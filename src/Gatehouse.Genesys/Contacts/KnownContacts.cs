namespace Gatehouse.Genesys;

/// <summary>
/// Which Genesys contact an id stands for, as this node found out: of the last five to ten thousand contacts, two generations of them, of which the older is dropped when the younger is full. A few hundred bytes each.
/// </summary>
internal sealed class KnownContacts
{
    private const int Generation = 5000;

    private readonly Lock _sync = new();
    private Dictionary<string, string> _young = new(StringComparer.Ordinal);
    private Dictionary<string, string> _old = new(StringComparer.Ordinal);

    public string? Find(string contactId)
    {
        lock (_sync)
        {
            if (_young.TryGetValue(contactId, out var known)) return known;
            if (!_old.TryGetValue(contactId, out known)) return null;
            Add(contactId, known);
            return known;
        }
    }

    public void Remember(string contactId, string known)
    {
        lock (_sync) Add(contactId, known);
    }

    public void Forget(string contactId)
    {
        lock (_sync)
        {
            _young.Remove(contactId);
            _old.Remove(contactId);
        }
    }

    private void Add(string contactId, string known)
    {
        if (_young.Count >= Generation) (_old, _young) = (_young, new Dictionary<string, string>(Generation, StringComparer.Ordinal));
        _young[contactId] = known;
    }
}
