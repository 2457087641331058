namespace Gatehouse.Gateway.Multipart;

/// <summary>The contract's field names. Matched exactly: field names have case (RFC 7578, section 4.2).</summary>
public static class FormFields
{
    public const string File = "file";
    public const string ContactId = "contact_id";
    public const string ConversationId = "conversation_id";
    public const string Route = "route";
    public const string SenderId = "sender_id";
    public const string Duplicate = "duplicate";

    public static IReadOnlyList<string> All { get; } = [File, ContactId, ConversationId, Route, SenderId, Duplicate];

    /// <summary>The field's place in <see cref="All"/>; -1 for one that is not known.</summary>
    internal static int IndexOf(string name)
    {
        for (var i = 0; i < All.Count; i++)
            if (string.Equals(All[i], name, StringComparison.Ordinal)) return i;
        return -1;
    }
}
