using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gatehouse.Gateway.Http;

namespace Gatehouse.Gateway.Problems;

/// <summary>A problem as JSON: the answer's body, an envelope's <c>error</c>, and what is stored of it.</summary>
public static class ProblemJson
{
    public const string MediaType = "application/problem+json";

    /// <summary>Writes the problem as one object value.</summary>
    public static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, problem.Code.Type);
        json.WriteString("title"u8, problem.Code.Title);
        json.WriteNumber("status"u8, problem.Code.Status);
        Text(json, "detail"u8, problem.Detail ?? problem.Code.Detail);
        json.WriteString("code"u8, problem.Code.Name);
        json.WriteString("error"u8, problem.Error);
        Text(json, "field"u8, problem.Field);
        Number(json, "limit_bytes"u8, problem.LimitBytes);
        Text(json, "limit_by"u8, problem.LimitBy);
        Number(json, "file_size_bytes"u8, problem.FileSizeBytes);
        Text(json, "detected_mime"u8, problem.DetectedMime);
        if (problem.AllowedMimes is { } mimes)
        {
            json.WriteStartArray("allowed_mimes"u8);
            foreach (var mime in mimes) json.WriteStringValue(mime);
            json.WriteEndArray();
        }
        Text(json, "reason"u8, problem.Reason);
        Text(json, "quota"u8, problem.Quota);
        Number(json, "limit"u8, problem.Limit);
        Number(json, "used"u8, problem.Used);
        Text(json, "resets_at"u8, problem.ResetsAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Number(json, "genesys_status"u8, problem.GenesysStatus);
        Text(json, "genesys_code"u8, problem.GenesysCode);
        Text(json, "correlation_id"u8, problem.CorrelationId);
        json.WriteEndObject();
    }

    public static void Write(IBufferWriter<byte> output, Problem problem)
    {
        using var json = new Utf8JsonWriter(output, ReadableJson.Options);
        Write(json, problem);
    }

    /// <summary>The form that is stored, and embedded as raw JSON.</summary>
    public static string ToJson(this Problem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, problem);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }
}
