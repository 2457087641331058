using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary>A message of a customer, as open messaging takes it (<c>OpenInboundNormalizedMessage</c>), also in the longer shape that older clients send.</summary>
internal sealed record OpenMessage
{
    private const int MostTextCharacters = 2000;

    // Not documented; longer than any address, phone number or GUID.
    private const int MostIdCharacters = 512;
    private const int MostNameCharacters = 1000;

    private static readonly string[] FromTexts = ["nickname", "firstName", "lastName", "image", "email"];

    public required string SenderId { get; init; }
    public required string SenderIdType { get; init; }

    /// <summary>What else is said of the sender, as it was given.</summary>
    public required KeyValuePair<string, string>[] Sender { get; init; }

    public required string Time { get; init; }
    public string? MessageId { get; init; }

    /// <summary>The integration that the body names, in the older shape.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }
    public OpenAttachment? Attachment { get; init; }
    public required KeyValuePair<string, string>[] Metadata { get; init; }
    public required KeyValuePair<string, string>[] CustomAttributes { get; init; }

    public static OpenMessage From(Fields body)
    {
        body.OneOf("type", ["Text", "Structured"]);
        body.OneOf("direction", ["Inbound"]);
        var channel = body.Object("channel", required: true);
        channel.OneOf("platform", ["Open"]);
        channel.OneOf("type", ["Private"]);
        var from = channel.Object("from", required: true);
        var message = new OpenMessage
        {
            SenderId = from.Text("id", MostIdCharacters, required: true) ?? "",
            SenderIdType = from.OneOf("idType", ["Email", "Phone", "Opaque"], required: true) ?? "",
            Sender = [.. FromTexts.Select(name => KeyValuePair.Create(name, from.Text(name, MostNameCharacters)!)).Where(pair => pair.Value is not null)],
            Time = channel.Time("time", required: true) ?? "",
            MessageId = channel.Text("messageId", MostIdCharacters),
            To = channel.Object("to").Text("id", MostIdCharacters),
            CustomAttributes = channel.Object("metadata").Map("customAttributes"),
            Text = body.Text("text", MostTextCharacters),
            Attachment = OpenAttachment.From(body),
            Metadata = body.Map("metadata"),
        };
        if (message is { Text: null, Attachment: null })
            body.Wrong("text", "is required in a message without an attachment");
        return message;
    }

    /// <summary>The normalised message that answers it.</summary>
    /// <param name="conversationId">Null when the caller did not ask for it.</param>
    public void Write(Utf8JsonWriter json, string id, string integrationId, string? conversationId)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteStartObject("channel");
        json.WriteString("id", integrationId);
        json.WriteString("platform", "Open");
        json.WriteString("type", "Private");
        Member("messageId", MessageId);
        json.WriteStartObject("to");
        json.WriteString("id", integrationId);
        json.WriteEndObject();
        json.WriteStartObject("from");
        json.WriteString("id", SenderId);
        json.WriteString("idType", SenderIdType);
        foreach (var (name, value) in Sender)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("time", Time);
        if (CustomAttributes.Length > 0)
        {
            json.WriteStartObject("metadata");
            Map("customAttributes", CustomAttributes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("type", "Text");
        Member("text", Text);
        json.WriteStartArray("content");
        Attachment?.Write(json);
        json.WriteEndArray();
        json.WriteString("direction", "Inbound");
        Map("metadata", Metadata);
        Member("conversationId", conversationId);
        json.WriteEndObject();

        void Member(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }

        void Map(string name, KeyValuePair<string, string>[] map)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in map)
                json.WriteString(key, value);
            json.WriteEndObject();
        }
    }
}
