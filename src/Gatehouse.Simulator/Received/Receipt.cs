using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>One call that did its work.</summary>
internal sealed record Receipt
{
    public const string Sent = "sent";
    public const string Dropped = "dropped";

    public required string Route { get; init; }
    public required string ContactId { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>What a repeat can be recognised by: the <c>Idempotency-Key</c> of the attachments route.</summary>
    public string? MessageId { get; init; }

    public string? FileName { get; init; }
    public string? Mime { get; init; }
    public required long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether the reply went out or a fault swallowed it.</summary>
    public string Reply { get; init; } = Sent;

    public required DateTimeOffset ReceivedAt { get; init; }

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

    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("route", Route);
        json.WriteString("contact_id", ContactId);
        json.WriteString("conversation_id", ConversationId);
        json.WriteString("message_id", MessageId);
        json.WriteString("filename", FileName);
        json.WriteString("mime", Mime);
        json.WriteNumber("size", Size);
        json.WriteString("sha256", Sha256);
        json.WriteString("reply", Reply);
        json.WriteString("received_at", ReceivedAt.UtcDateTime);
    }
}
