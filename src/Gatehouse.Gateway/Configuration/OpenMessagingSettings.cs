using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Configuration;

/// <summary>The open messaging integration: the section <c>OpenMessaging</c>.</summary>
public sealed record OpenMessagingSettings
{
    /// <summary>Empty: there is none.</summary>
    public string IntegrationId { get; init; } = "";

    /// <summary>Empty: the organization's default profile.</summary>
    public string SupportedContentId { get; init; } = "";

    public OpenMessagingOptions ToGenesys() => new(IntegrationId, SupportedContentId.Length == 0 ? null : SupportedContentId);

    internal static OpenMessagingSettings Read(KeyReader reader) => new() { IntegrationId = Id(reader, Keys.IntegrationId), SupportedContentId = Id(reader, Keys.SupportedContentId) };

    /// <summary>Genesys' ids are GUIDs; a simulator's may be anything that stands in an address.</summary>
    internal static string Id(KeyReader reader, TextKey key)
    {
        var id = reader.Text(key);
        if (id.Length <= 64 && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return id;
        reader.Refuse(key, "it must be an id of Genesys Cloud, such as 12345678-90ab-cdef-1234-567890abcdef");
        return "";
    }
}
