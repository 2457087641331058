namespace Gatehouse.Simulator;

/// <summary>Every field of <c>POST /simulator/faults</c>, in the order in which they are shown.</summary>
internal static class FaultFields
{
    private const int OneDaySeconds = 86_400;
    private const int TenMinutesMs = 600_000;
    private const int LeastCode = 400;
    private const int MostCode = 5999;
    private const string GuestCode = "a code of web messaging";

    public static readonly FaultField[] All =
    [
        FaultField.Whole("status", 400, 599, "an HTTP status", (f, n) => f with { Status = n }, f => f.Status),
        FaultField.Share("rate", (f, n) => f with { Rate = n }, f => f.Rate),
        FaultField.Whole("retry_after_seconds", 0, OneDaySeconds, "a whole number of seconds", (f, n) => f with { RetryAfterSeconds = n }, f => f.RetryAfterSeconds),
        FaultField.Share("drop_rate", (f, n) => f with { DropRate = n }, f => f.DropRate),
        FaultField.Share("drop_after_reply_rate", (f, n) => f with { DropAfterReplyRate = n }, f => f.DropAfterReplyRate),
        FaultField.Whole("latency_ms", 0, TenMinutesMs, "a whole number of milliseconds", (f, n) => f with { LatencyMs = n }, f => f.LatencyMs),
        FaultField.Whole("token_lifetime_seconds", 1, 2 * OneDaySeconds, "a whole number of seconds", (f, n) => f with { TokenLifetimeSeconds = n }, f => f.TokenLifetimeSeconds),
        FaultField.Whole("requests_per_minute", 1, 1_000_000, "a whole number", (f, n) => f with { RequestsPerMinute = n }, f => f.RequestsPerMinute),
        FaultField.Names("unknown_contacts", "contact ids", (f, s) => f with { UnknownContacts = s }, f => f.UnknownContacts),
        FaultField.Flag("hold_replies", (f, b) => f with { HoldReplies = b }, f => f.HoldReplies),
        FaultField.Flag("token", (f, b) => f with { Token = b }, f => f.Token),
        FaultField.Names("unknown_integrations", "integration ids", (f, s) => f with { UnknownIntegrations = s }, f => f.UnknownIntegrations),
        FaultField.Names("unknown_conversations", "conversation ids", (f, s) => f with { UnknownConversations = s }, f => f.UnknownConversations),
        FaultField.Names("waiting_conversations", "conversation ids", (f, s) => f with { WaitingConversations = s }, f => f.WaitingConversations),
        FaultField.Names("ended_conversations", "conversation ids", (f, s) => f with { EndedConversations = s }, f => f.EndedConversations),
        FaultField.Whole("media_polls", 0, 1000, "a whole number", (f, n) => f with { MediaPolls = n }, f => f.MediaPolls),
        FaultField.Flag("media_invalid", (f, b) => f with { MediaInvalid = b }, f => f.MediaInvalid),
        FaultField.Names("unknown_deployments", "deployment ids", (f, s) => f with { UnknownDeployments = s }, f => f.UnknownDeployments),
        FaultField.Names("allowed_origins", "origins such as https://example.com", (f, s) => f with { AllowedOrigins = s }, f => f.AllowedOrigins),
        FaultField.Whole("max_file_size_kb", 1, 1_000_000, "a whole number of kilobytes", (f, n) => f with { MaxFileSizeKb = n }, f => f.MaxFileSizeKb),
        FaultField.Names("blocked_extensions", "extensions such as .exe", (f, s) => f with { BlockedExtensions = s }, f => f.BlockedExtensions, extension => extension is ['.', _, ..]),
        FaultField.Flag("session_read_only", (f, b) => f with { SessionReadOnly = b }, f => f.SessionReadOnly),
        FaultField.Whole("session_error", LeastCode, MostCode, GuestCode, (f, n) => f with { SessionError = n }, f => f.SessionError),
        FaultField.Whole("attachment_error", LeastCode, MostCode, GuestCode, (f, n) => f with { AttachmentError = n }, f => f.AttachmentError),
        FaultField.Whole("upload_error", LeastCode, MostCode, GuestCode, (f, n) => f with { UploadError = n }, f => f.UploadError),
        FaultField.Whole("message_error", LeastCode, MostCode, GuestCode, (f, n) => f with { MessageError = n }, f => f.MessageError),
        FaultField.Whole("guest_requests_per_minute", 1, 1_000_000, "a whole number", (f, n) => f with { GuestRequestsPerMinute = n }, f => f.GuestRequestsPerMinute),
        FaultField.Whole("client_requests_per_minute", 1, 1_000_000, "a whole number", (f, n) => f with { ClientRequestsPerMinute = n }, f => f.ClientRequestsPerMinute),
        FaultField.Flag("limit_attachments", (f, b) => f with { LimitAttachments = b }, f => f.LimitAttachments),
        FaultField.Names("wrong_secrets", "secrets", (f, s) => f with { WrongSecrets = s }, f => f.WrongSecrets),
        FaultField.Names("disabled_clients", "client ids", (f, s) => f with { DisabledClients = s }, f => f.DisabledClients),
        FaultField.Names("poisoned_files", "file names", (f, s) => f with { PoisonedFiles = s }, f => f.PoisonedFiles),
        FaultField.Names("calls", "names of calls, as the statistics have them", (f, s) => f with { Calls = s }, f => f.Calls),
        FaultField.Names("unknown_profiles", "ids of supported content profiles", (f, s) => f with { UnknownProfiles = s }, f => f.UnknownProfiles),
        FaultField.Names("inbound_types", "media types such as image/*", (f, s) => f with { InboundTypes = s }, f => f.InboundTypes, MediaTypes.IsOne),
        FaultField.Names("outbound_types", "media types such as image/*", (f, s) => f with { OutboundTypes = s }, f => f.OutboundTypes, MediaTypes.IsOne),
        FaultField.Map("merged_contacts", "contacts, each with the id of the one it was merged into", (f, m) => f with { MergedContacts = new MergedContacts(m) }, f => f.MergedContacts?.Into),
        FaultField.OneOf("fetch", ["none", "attachments", "all"], (f, t) => f with { Fetch = t }, f => f.Fetch),
        FaultField.Whole("fetch_delay_ms", 0, TenMinutesMs, "a whole number of milliseconds", (f, n) => f with { FetchDelayMs = n }, f => f.FetchDelayMs),
    ];
}
