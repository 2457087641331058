using Gatehouse.Inspection.Signatures;
using Gatehouse.Inspection.Text;

namespace Gatehouse.Inspection;

/// <summary>Which validator judges a file, or why none will, from the file's first bytes.</summary>
internal static class TypeDecision
{
    /// <summary>
    /// With this much seen, what has no signature and no control character is taken for text. The signatures that lie deeper (a disc image's at 32 KB)
    /// begin with bytes that no text has, and are waited for.
    /// </summary>
    private const int EnoughForText = 4096;

    private const string UnknownMime = "application/octet-stream";

    /// <summary>Both null: more bytes are needed. <paramref name="isAll"/>: there will be none, or no more that count.</summary>
    public static (ValidatorEntry? Entry, Verdict.Refuse? Refusal) Decide(ReadOnlySpan<byte> prefix, bool isAll, InspectionPolicy policy)
    {
        if (prefix.Length > Inspector.PrefixLength)
            prefix = prefix[..Inspector.PrefixLength];
        // By as many bytes whether they came at once or one by one, so that the answer is the same.
        var head = prefix[..Math.Min(prefix.Length, EnoughForText)];
        if (FirstMatch(Registry.BySignature, head) is { } bySignature)
            return Permit(bySignature, head, policy);
        if (FirstAllowed(Registry.ByDirectory, head, policy) is { } byDirectory)
            return (byDirectory, null);
        if (head.Length < EnoughForText && !isAll)
            return default;
        if (ControlCharacters.IndexIn(head) < 0)
            prefix = head;
        else if (prefix.Length < Inspector.PrefixLength && !isAll)
            return default;
        if (FirstMatch(Registry.BySignature, prefix) is { } byLongSignature)
            return Permit(byLongSignature, prefix, policy);
        if (SignatureTable.Identify(prefix) is { } named)
            return ByName(named, policy);
        if (FirstMatch(Registry.ByElimination, prefix) is { } byElimination)
            return Permit(byElimination, prefix, policy);
        return (null, NotAllowed(UnknownMime, $"File type not allowed: this file is of no known type. Send it as {KnownTypes.Listed(policy.AllowedTypes)}."));
    }

    private static ValidatorEntry? FirstMatch(IReadOnlyList<ValidatorEntry> entries, ReadOnlySpan<byte> prefix)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Matches(prefix))
                return entries[i];
        }

        return null;
    }

    private static ValidatorEntry? FirstAllowed(IReadOnlyList<ValidatorEntry> entries, ReadOnlySpan<byte> prefix, InspectionPolicy policy)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (policy.AllowedTypes.Contains(entries[i].Mime, StringComparer.Ordinal) && entries[i].Matches(prefix))
                return entries[i];
        }

        return null;
    }

    /// <summary>A file that ends before its validator's signature does is still that validator's, which says that it is cut off.</summary>
    private static (ValidatorEntry?, Verdict.Refuse?) ByName(NamedType named, InspectionPolicy policy)
    {
        var own = Registry.BySignature.FirstOrDefault(e => string.Equals(e.Mime, named.Mime, StringComparison.Ordinal));
        return own is not null && policy.AllowedTypes.Contains(own.Mime, StringComparer.Ordinal) ? (own, null) : (null, NotAllowed(named.Mime, named.Advice));
    }

    /// <summary>What the signature table advises is better than what can be said of any type.</summary>
    private static (ValidatorEntry?, Verdict.Refuse?) Permit(ValidatorEntry entry, ReadOnlySpan<byte> prefix, InspectionPolicy policy)
    {
        if (policy.AllowedTypes.Contains(entry.Mime, StringComparer.Ordinal))
            return (entry, null);
        if (SignatureTable.Identify(prefix) is { } named)
            return (null, NotAllowed(named.Mime, named.Advice));
        var sentence = $"File type not allowed: {KnownTypes.NameOf(entry.Mime)} files are not accepted here. Send it as {KnownTypes.Listed(policy.AllowedTypes)}.";
        return (null, NotAllowed(entry.Mime, sentence));
    }

    private static Verdict.Refuse NotAllowed(string mime, string sentence) => new(RefusalCode.TypeNotAllowed, Reason: null, mime, Offset: 0, sentence);
}
