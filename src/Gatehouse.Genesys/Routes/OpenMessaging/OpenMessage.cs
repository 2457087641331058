using System.Globalization;
using System.Text.Json;
using Gatehouse.Actors;

namespace Gatehouse.Genesys.Routes;

/// <summary>
/// An inbound open message with one attachment (<c>OpenInboundNormalizedMessage</c>). It is the same message in every attempt but for the link's text: id and time are the upload's, and both are what
/// Genesys tells messages apart by.
/// </summary>
internal static class OpenMessage
{
    /// <summary>The kind of an attachment that is a link to something, not the thing itself.</summary>
    public const string Link = "Link";

    public static void Write(Utf8JsonWriter json, UploadRow upload, Uri address, string mediaType)
    {
        json.WriteStartObject("channel");
        WriteSender(json, upload);
        json.WriteString("time", upload.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("messageId", upload.Id.ToString());
        json.WriteEndObject();
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("contentType", "Attachment");
        json.WriteStartObject("attachment");
        json.WriteString("id", upload.Id.ToString());
        json.WriteString("mediaType", mediaType);
        json.WriteString("url", address.AbsoluteUri);
        json.WriteString("mime", upload.Mime);
        json.WriteString("filename", upload.Filename);
        json.WriteString("sha256", upload.Sha256);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("metadata");
        VerdictMembers.Write(json, upload);
        json.WriteEndObject();
    }

    public static string MediaTypeOf(string mime) => mime[..Math.Max(0, mime.IndexOf('/', StringComparison.Ordinal))] switch
    {
        "image" => "Image",
        "video" => "Video",
        "audio" => "Audio",
        _ => "File",
    };

    /// <summary>As whom the customer's other messages come, or Genesys begins another conversation: the address, else the given sender, else the contact's id.</summary>
    private static void WriteSender(Utf8JsonWriter json, UploadRow upload)
    {
        var contact = upload.ContactId;
        var (id, type) = contact.Split(':', 2) switch
        {
            ["email", var address] => (address, "Email"),
            ["phone", var number] => (number, "Phone"),
            _ => (upload.SenderId ?? contact, "Opaque"),
        };
        json.WriteStartObject("from");
        json.WriteString("id", id);
        json.WriteString("idType", type);
        json.WriteEndObject();
    }
}
