using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gatehouse.Actors;
using Gatehouse.Gateway.Http;

namespace Gatehouse.Gateway.Envelopes;

/// <summary>The one envelope for every answer about an upload: <c>{"message","upload","result","error"}</c>.</summary>
public static class Envelope
{
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");

    public static void Write(IBufferWriter<byte> output, UploadRow row, bool duplicate)
    {
        using var json = new Utf8JsonWriter(output, ReadableJson.Options);
        json.WriteStartObject();
        json.WriteString(Message, MessageOf(row.Status));
        json.WritePropertyName("upload");
        WriteUpload(json, row, duplicate);
        json.WritePropertyName("result");
        WriteRaw(json, row.Result);
        json.WritePropertyName("error");
        WriteRaw(json, row.Status == UploadStatus.Delivered ? null : row.Error);
        json.WriteEndObject();
    }

    /// <summary>The envelope's <c>upload</c> member alone, as lists carry it.</summary>
    public static void WriteUpload(Utf8JsonWriter json, UploadRow row, bool duplicate)
    {
        json.WriteStartObject();
        json.WriteString("id", row.Id.ToString());
        json.WriteString("contact_id", row.ContactId);
        json.WriteString("conversation_id", row.ConversationId);
        json.WriteString("genesys_contact_id", row.GenesysContactId);
        json.WriteString("filename", row.Filename);
        json.WriteString("original_filename", row.OriginalFilename);
        json.WriteString("mime", row.Mime);
        json.WriteString("charset", row.Charset);
        json.WriteNumber("size", row.Size);
        json.WriteString("sha256", row.Sha256);
        json.WriteString("status", NameOf(row.Status));
        json.WriteBoolean("duplicate", duplicate);
        json.WriteStartArray("flags");
        foreach (var flag in row.Flags) json.WriteStringValue(flag);
        json.WriteEndArray();
        json.WriteString("route", row.Route);
        json.WriteNumber("attempts", row.Attempts);
        json.WriteString("created_at", Time(row.CreatedAt));
        if (row.DeliveredAt is { } at) json.WriteString("delivered_at", Time(at));
        else json.WriteNull("delivered_at");
        json.WriteEndObject();
    }

    public static string NameOf(UploadStatus status) => status switch
    {
        UploadStatus.Queued => "queued",
        UploadStatus.Delivering => "delivering",
        UploadStatus.Delivered => "delivered",
        UploadStatus.Failed => "failed",
        UploadStatus.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>RFC 3339, UTC, milliseconds.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string MessageOf(UploadStatus status) => status switch
    {
        UploadStatus.Delivered => "File uploaded successfully",
        UploadStatus.Failed => "File could not be delivered",
        UploadStatus.Expired => "File could not be delivered in time",
        _ => "File accepted, delivery is pending",
    };

    /// <summary>JSON that was checked when it was stored.</summary>
    private static void WriteRaw(Utf8JsonWriter json, string? raw)
    {
        if (raw is null) json.WriteNullValue();
        else json.WriteRawValue(raw, skipInputValidation: true);
    }
}
