namespace Gatehouse.Genesys;

/// <summary>An external contact, as far as Gatehouse reads it. <paramref name="CanonicalId"/>: the contact that a merged one now stands for.</summary>
internal sealed record GenesysContact(string Id, string? CanonicalId)
{
    /// <summary>Genesys' ids are GUIDs; another system's in its place may be longer.</summary>
    private const int MaxIdLength = 128;

    /// <summary>The contact to name in calls.</summary>
    public string ToCall => CanonicalId ?? Id;

    public static GenesysContact Itself(string id) => new(id, CanonicalId: null);

    /// <summary>Null when it is none.</summary>
    public static GenesysContact? Parse(ReadOnlyMemory<byte> body) => JsonMembers.Object(body) is { } contact && contact.Text("id", MaxIdLength) is { } id
        ? new GenesysContact(id, contact.Member("canonicalContact")?.Text("id", MaxIdLength))
        : null;
}

/// <summary>What reading, finding or making a contact came to.</summary>
internal abstract record ContactAnswer
{
    public sealed record Found(GenesysContact Contact) : ContactAnswer;

    public sealed record NotFound : ContactAnswer;

    /// <summary>Anything else: see <paramref name="Answer"/>.</summary>
    public sealed record Unknown(GenesysAnswer Answer) : ContactAnswer;

    public static ContactAnswer Of(GenesysAnswer answer) => answer switch
    {
        GenesysAnswer.Answered { Status: 404 or 204 } => new NotFound(),
        GenesysAnswer.Answered { IsSuccess: true } found when GenesysContact.Parse(found.Body) is { } contact => new Found(contact),
        _ => new Unknown(answer),
    };
}
