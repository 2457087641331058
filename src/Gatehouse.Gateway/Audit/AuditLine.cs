using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Scanning;

namespace Gatehouse.Gateway.Audit;

/// <summary>A record as one line of JSON, its line feed included. The same members in the same order in every line.</summary>
public sealed class AuditLine(Pseudonyms pseudonyms)
{
    public void Write(IBufferWriter<byte> output, AuditRecord record)
    {
        using (var json = new Utf8JsonWriter(output, ReadableJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, Time(record.At));
            json.WriteString("upload"u8, record.Upload.ToString());
            json.WriteString("request"u8, record.Request);
            json.WriteString("caller"u8, record.Caller);
            if (pseudonyms.KeyName is { } key) json.WriteString("hash_key"u8, key);
            Text(json, "contact"u8, pseudonyms.Of("contact", record.Contact));
            Text(json, "original_filename"u8, pseudonyms.Of("filename", record.OriginalFilename));
            Text(json, "filename"u8, pseudonyms.Of("filename", record.Filename));
            Number(json, "declared_size"u8, record.DeclaredSize);
            json.WriteNumber("size"u8, record.Size);
            json.WriteString("sha256"u8, pseudonyms.Of("sha256", record.Sha256));
            Text(json, "declared_mime"u8, record.DeclaredMime);
            json.WriteString("detected_mime"u8, record.DetectedMime);
            json.WriteString("charset"u8, record.Charset);
            json.WriteString("verdict"u8, record.Verdict);
            json.WriteString("outcome"u8, record.Outcome);
            json.WriteString("code"u8, record.Code);
            json.WriteString("reason"u8, record.Reason);
            Number(json, "offset"u8, record.Offset);
            json.WriteStartArray("flags"u8);
            foreach (var flag in record.Flags) json.WriteStringValue(flag);
            json.WriteEndArray();
            Scan(json, record.Scan);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    /// <summary>Tells of records that could not be kept, as soon as one can be written again.</summary>
    public static void WriteGap(IBufferWriter<byte> output, DateTimeOffset at, long lost)
    {
        using (var json = new Utf8JsonWriter(output, ReadableJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, Time(at));
            json.WriteNumber("lost"u8, lost);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void Scan(Utf8JsonWriter json, ScanReport? scan)
    {
        if (scan is null)
        {
            json.WriteNull("scan"u8);
            return;
        }
        json.WriteStartObject("scan"u8);
        json.WriteString("result"u8, scan.Result.ToText());
        json.WriteString("signature"u8, scan.Signature);
        json.WriteString("detail"u8, scan.Detail);
        json.WriteString("engine"u8, scan.Engine);
        json.WriteString("database"u8, scan.Database);
        json.WriteNumber("milliseconds"u8, (long)scan.Took.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Text of a client's: controls are escaped always; where it has characters that nobody sees, everything that is no ASCII is, so that no terminal turns a line round.</summary>
    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null || !value.Any(static c => char.GetUnicodeCategory(c) == UnicodeCategory.Format))
        {
            json.WriteString(name, value);
            return;
        }
        json.WritePropertyName(name);
        json.WriteRawValue($"\"{JavaScriptEncoder.Default.Encode(value)}\"");
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
