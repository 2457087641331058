using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Simulator;

/// <summary>A file that a message points at: open messaging takes an address, never bytes.</summary>
internal sealed record OpenAttachment
{
    private const string Link = "Link";

    private static readonly string[] MediaTypes = ["Image", "Video", "Audio", "File", Link];

    private const int MostUrlCharacters = 8192;
    private const int MostTextCharacters = 2000;
    private const int MostNameCharacters = 1000;

    public string? Id { get; init; }
    public required string MediaType { get; init; }
    public required string Url { get; init; }
    public required string Mime { get; init; }
    public string? Text { get; init; }

    /// <summary>In lower case.</summary>
    public string? Sha256 { get; init; }

    public string? FileName { get; init; }

    /// <summary>For people to follow, not a file to be shown in the conversation.</summary>
    public bool IsLink => MediaType is Link;

    /// <summary>The one attachment of a message; null when it has none.</summary>
    public static OpenAttachment? From(Fields message)
    {
        var items = message.Objects("content", most: 1, "has at most one item: a message carries one attachment");
        if (items.Length == 0)
            return null;
        items[0].OneOf("contentType", ["Attachment"]);
        var attachment = items[0].Object("attachment", required: true);
        return new OpenAttachment
        {
            Id = attachment.Text("id", MostNameCharacters),
            MediaType = attachment.OneOf("mediaType", MediaTypes, required: true) ?? "",
            Url = UrlOf(attachment) ?? "",
            Mime = MimeOf(attachment) ?? "",
            Text = attachment.Text("text", MostTextCharacters),
            Sha256 = HashOf(attachment),
            FileName = attachment.Text("filename", MostNameCharacters),
        };
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("contentType", "Attachment");
        json.WriteStartObject("attachment");
        foreach (var (name, value) in ((string, string?)[])[("id", Id), ("mediaType", MediaType), ("url", Url), ("mime", Mime), ("text", Text), ("sha256", Sha256), ("filename", FileName)])
        {
            if (value is not null)
                json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? UrlOf(Fields attachment) =>
        attachment.Text("url", MostUrlCharacters, required: true) is not { } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url
        : attachment.Wrong("url", "is an absolute address with http or https");

    private static string? MimeOf(Fields attachment) =>
        attachment.Text("mime", 255, required: true) is not { } mime ? null
        : MediaTypeHeaderValue.TryParse(mime, out var type) ? type.MediaType.Value!.ToLowerInvariant()
        : attachment.Wrong("mime", "is a media type such as image/png");

    private static string? HashOf(Fields attachment) =>
        attachment.Text("sha256", 64) is not { } hash ? null
        : hash.Length == 64 && hash.All(char.IsAsciiHexDigit) ? hash.ToLowerInvariant()
        : attachment.Wrong("sha256", "is 64 hexadecimal digits");
}
