using System.Collections.Frozen;

namespace Gatehouse.Simulator;

/// <summary>Which contact (or alias) was merged into which. Each is followed to the head of its tree, which is in the set as well.</summary>
internal sealed class MergedContacts(FrozenDictionary<string, string> into)
{
    // A chain that is longer, or goes round, ends where it has come to.
    private const int MostSteps = 10;

    public FrozenDictionary<string, string> Into { get; } = into;

    /// <summary>Null when the contact is in no merge. The head's own is itself.</summary>
    public string? HeadOf(Contact contact)
    {
        if (contact.Aliases.Append(contact.Id).FirstOrDefault(Into.ContainsKey) is not { } name)
            return Into.Values.Contains(contact.Id, StringComparer.OrdinalIgnoreCase) ? contact.Id : null;
        return HeadOf(name);
    }

    /// <summary>The head, and those that were merged into it.</summary>
    public IEnumerable<string> SetOf(string head) => Into.Keys.Where(name => string.Equals(HeadOf(name), head, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Prepend(head);

    private string HeadOf(string name)
    {
        for (var steps = 0; steps < MostSteps && Into.TryGetValue(name, out var next); steps++)
            name = next;
        return name;
    }
}
