namespace Gatehouse.Genesys.Routes;

/// <summary>The open messaging integration that messages come in by.</summary>
/// <param name="IntegrationId">Its id, in the address of every call.</param>
/// <param name="SupportedContentId">The supported content profile that the integration has; null: the organization's default one.</param>
public sealed record OpenMessagingOptions(string IntegrationId, string? SupportedContentId);
