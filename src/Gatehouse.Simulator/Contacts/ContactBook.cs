namespace Gatehouse.Simulator;

/// <summary>
/// The external contacts: every well-formed one exists, but those that a fault hides until they are created. What was created is kept, and how often by each alias, so
/// that a contact created twice shows.
/// </summary>
internal sealed class ContactBook(FaultBoard board)
{
    private const int MostCreated = 100_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, Contact> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (Contact First, int Times)> _byAlias = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>False when no more are kept.</summary>
    public bool Create(Contact contact)
    {
        lock (_turn)
        {
            if (_byId.Count >= MostCreated)
                return false;
            _byId.Add(contact.Id, contact);
            foreach (var alias in contact.Aliases)
                _byAlias[alias] = _byAlias.TryGetValue(alias, out var known) ? (known.First, known.Times + 1) : (contact, 1);
            return true;
        }
    }

    /// <summary>By id or alias; null when there is none.</summary>
    public Contact? Find(string name)
    {
        lock (_turn)
        {
            if (_byId.TryGetValue(name, out var created))
                return created;
            if (_byAlias.TryGetValue(name, out var alias))
                return alias.First;
        }

        return Faults.Names(board.Current.UnknownContacts, name) ? null : Contact.Known(name);
    }

    /// <summary>By an identifier: the first that was created with it, else the contact that always has it, under a GUID of its own.</summary>
    public Contact? Lookup(string type, string value)
    {
        var alias = ContactAlias.Of(type, value);
        lock (_turn)
        {
            if (_byAlias.TryGetValue(alias, out var created))
                return created.First;
        }

        var contact = new Contact(StableId.Of("contact", alias), "Simulated", "Contact", [alias]);
        var unknown = board.Current.UnknownContacts;
        return Faults.Names(unknown, alias) || Faults.Names(unknown, value) || Faults.Names(unknown, contact.Id) ? null : contact;
    }

    public (Contact[] Created, (string Alias, int Times)[] Aliases) Everything()
    {
        lock (_turn)
            return ([.. _byId.Values], [.. _byAlias.Select(alias => (alias.Key, alias.Value.Times)).OrderBy(alias => alias.Key, StringComparer.Ordinal)]);
    }

    public void Clear()
    {
        lock (_turn)
        {
            _byId.Clear();
            _byAlias.Clear();
        }
    }
}
