using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>One call that did its work.</summary>
internal sealed record Receipt
{
    public const string Sent = "sent";
    public const string Dropped = "dropped";

    public const string Fetching = "fetching";
    public const string Fetched = "fetched";
    public const string Failed = "failed";
    public const string NotFetched = "not-fetched";

    /// <summary>Left out of the conversation, as its type is not in the supported content profile.</summary>
    public const string LeftOut = "dropped";

    // A message's text is 2,000 characters; a note's may be any length, and a list of 200,000 is kept.
    private const int MostTextCharacters = 4000;
    private const int MostMetadata = 32;

    public required string Route { get; init; }
    public string? ContactId { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>What a repeat can be recognised by: the <c>Idempotency-Key</c> of the attachments route, <c>channel.messageId</c> of open messaging, <c>tracingId</c> of web messaging.</summary>
    public string? MessageId { get; init; }

    public string? FileName { get; init; }
    public string? Mime { get; init; }

    /// <summary>Bytes; null while, or because, none came.</summary>
    public long? Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the reply went out or a fault swallowed it.</summary>
    public string Reply { get; init; } = Sent;

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? IntegrationId { get; init; }
    public string? SenderType { get; init; }
    public string? CommunicationId { get; init; }
    public string? MediaId { get; init; }
    public string? DeploymentId { get; init; }

    /// <summary>The first 4,000 characters.</summary>
    public string? Text
    {
        get;
        init => field = Shortened(value);
    }

    public string? MediaType { get; init; }

    /// <summary>Where the message says that its file is.</summary>
    public string? Url { get; init; }

    /// <summary>What became of a file that was not in the call: <see cref="Fetching"/>, <see cref="Fetched"/>, <see cref="Failed"/>, <see cref="NotFetched"/>, <see cref="LeftOut"/>.</summary>
    public string? Attachment { get; init; }

    /// <summary>The type that the file was served as, which may be another than the message's.</summary>
    public string? FetchedMime { get; init; }

    /// <summary>Why an attachment failed, in one sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>The first 32, shortened like a text.</summary>
    public KeyValuePair<string, string>[] Metadata
    {
        get;
        init => field = [.. value.Take(MostMetadata).Select(pair => KeyValuePair.Create(Shortened(pair.Key)!, Shortened(pair.Value)!))];
    } = [];

    /// <summary>Place in the order of arrival, from 1; given by the log.</summary>
    public long Number { get; init; }

    /// <summary>The image's bytes on their way to the shelf.</summary>
    public ImageDraft? Image { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(json);
        json.WriteEndObject();
    }

    /// <summary>The members that every receipt has, then those of its route that have a value.</summary>
    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("route", Route);
        json.WriteString("contact_id", ContactId);
        json.WriteString("conversation_id", ConversationId);
        json.WriteString("message_id", MessageId);
        json.WriteString("filename", FileName);
        json.WriteString("mime", Mime);
        if (Size is { } size)
            json.WriteNumber("size", size);
        else
            json.WriteNull("size");
        json.WriteString("sha256", Sha256);
        json.WriteString("reply", Reply);
        json.WriteString("received_at", ReceivedAt.UtcDateTime);
        Member("integration_id", IntegrationId);
        Member("sender_type", SenderType);
        Member("communication_id", CommunicationId);
        Member("media_id", MediaId);
        Member("deployment_id", DeploymentId);
        Member("text", Text);
        Member("media_type", MediaType);
        Member("url", Url);
        Member("attachment", Attachment);
        Member("fetched_mime", FetchedMime);
        Member("problem", Problem);
        if (Metadata.Length > 0)
        {
            json.WriteStartObject("metadata");
            foreach (var (name, value) in Metadata)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        void Member(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }
    }

    private static string? Shortened(string? text) => text?.Length > MostTextCharacters ? text[..MostTextCharacters] + "…" : text;
}
