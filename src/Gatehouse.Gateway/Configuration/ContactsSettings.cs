using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Configuration;

/// <summary>How contacts are found in Genesys Cloud: the section <c>Contacts</c>.</summary>
public sealed record ContactsSettings
{
    public bool CreateMissing { get; init; }
    public bool FollowMerged { get; init; }

    /// <summary>Empty: none is named.</summary>
    public string ExternalSource { get; init; } = "";

    /// <summary>In the words of the room that speaks to Genesys.</summary>
    public ContactOptions ToGenesys() => new() { CreateMissing = CreateMissing, FollowMerged = FollowMerged, ExternalSource = ExternalSource.Length > 0 ? ExternalSource : null };

    internal static ContactsSettings Read(KeyReader reader)
    {
        var settings = new ContactsSettings
        {
            CreateMissing = bool.Parse(reader.Choice(Keys.CreateMissing)),
            FollowMerged = bool.Parse(reader.Choice(Keys.FollowMerged)),
            ExternalSource = reader.Text(Keys.ExternalSource),
        };
        if (settings.ExternalSource.Length > 0 && !Guid.TryParse(settings.ExternalSource, out _)) reader.Refuse(Keys.ExternalSource, "it must be the GUID of an external source, or empty");
        return settings;
    }
}
