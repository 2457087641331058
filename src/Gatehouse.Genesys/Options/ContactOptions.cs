namespace Gatehouse.Genesys;

/// <summary>How contacts are found.</summary>
public sealed record ContactOptions
{
    /// <summary>A contact that <c>email:</c>, <c>phone:</c> or <c>external:</c> names and Genesys does not know is made.</summary>
    public bool CreateMissing { get; init; }

    /// <summary>A GUID is read once before the first delivery, so that one of a merged contact is followed to the contact it now stands for: one request a contact. Else it is read when the delivery is answered 404.</summary>
    public bool FollowMerged { get; init; }

    /// <summary>The external source, by its id, that the ids of <c>external:</c> are of; null: none is named.</summary>
    public string? ExternalSource { get; init; }
}
