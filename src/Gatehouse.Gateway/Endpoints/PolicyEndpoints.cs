using System.Buffers;
using System.Text.Json;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Genesys.Routes;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary>What may be sent, for people's pages and programs: <c>GET /v1/policy</c>, <c>/v1/policy/messenger</c>, <c>/web-messaging-config.js</c>. Public: a page must know before it uploads.</summary>
public sealed class PolicyEndpoints(GatehouseOptions options, Routes routes)
{
    /// <summary>The extensions that the types are usually named with.</summary>
    private static readonly Dictionary<string, string[]> Extensions = new(StringComparer.Ordinal)
    {
        ["image/png"] = ["png"],
        ["image/jpeg"] = ["jpg", "jpeg", "jpe", "jfif"],
        ["image/gif"] = ["gif"],
        ["image/webp"] = ["webp"],
        ["image/heic"] = ["heic", "heif", "hif"],
        ["image/heif"] = ["heif", "heic", "hif"],
        ["video/mp4"] = ["mp4", "m4v"],
        ["application/pdf"] = ["pdf"],
        ["text/plain"] = ["txt", "text", "log"],
        ["application/zip"] = ["zip"],
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ["docx"],
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ["xlsx"],
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ["pptx"],
    };

    public Task PolicyAsync(HttpContext http) => WriteAsync(http, json =>
    {
        json.WriteStartArray("types");
        foreach (var mime in options.Limits.AllowedTypes)
        {
            json.WriteStartObject();
            json.WriteString("mime", mime);
            json.WriteStartArray("extensions");
            foreach (var extension in Extensions.GetValueOrDefault(mime, [])) json.WriteStringValue(extension);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("limits");
        json.WriteNumber("max_file_bytes", options.MostFileBytes);
        json.WriteNumber("max_pixels", options.Limits.MaxPixels);
        json.WriteNumber("min_bytes_per_second", options.Limits.MinBytesPerSecond);
        json.WriteEndObject();
        json.WriteStartObject("quotas");
        json.WriteNumber("max_files", options.Quotas.MaxFiles);
        json.WriteNumber("max_bytes", options.Quotas.MaxBytes);
        json.WriteNumber("window_hours", options.Quotas.WindowHours);
        json.WriteNumber("max_concurrent", options.Quotas.MaxConcurrent);
        json.WriteNumber("max_attempts_per_hour", options.Quotas.MaxAttempts);
        json.WriteEndObject();
        json.WriteNumber("dedupe_retention_hours", options.Dedupe.RetentionHours);
        json.WriteStartArray("routes");
        foreach (var route in routes.All)
        {
            json.WriteStartObject();
            json.WriteString("name", route.Route.Name);
            json.WriteNumber("max_file_bytes", Math.Min(route.Route.MaxFileBytes, options.MostFileBytes));
            if (route.Route is LargeFileRoute large) json.WriteNumber("link_above_bytes", large.LinkAboveBytes);
            json.WriteStartArray("needs");
            foreach (var field in route.Route.Needs) json.WriteStringValue(field == RouteField.GuestToken ? GuestToken.Header : FormFields.ConversationId);
            json.WriteEndArray();
            json.WriteBoolean("default", ReferenceEquals(route, routes.Default));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The Messenger deployment's <c>fileUpload</c>. KB of 1,024 bytes, rounded down: where Genesys counts 1,000 instead, its limit is the smaller one. No more than the deployment is known to take.</summary>
    public Task MessengerAsync(HttpContext http) => WriteAsync(http, json =>
    {
        json.WriteStartObject("fileUpload");
        json.WriteStartArray("modes");
        json.WriteStartObject();
        json.WriteStartArray("fileTypes");
        foreach (var mime in options.Limits.AllowedTypes) json.WriteStringValue(mime);
        json.WriteEndArray();
        json.WriteNumber("maxFileSizeKB", Math.Min(options.Limits.MaxFileBytes / 1024, routes.Find(WebMessagingRoute.RouteName) is null ? long.MaxValue : options.WebMessaging.MaxFileSizeKB));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public async Task ScriptAsync(HttpContext http)
    {
        var body = new ArrayBufferWriter<byte>(256);
        body.Write("window.gatehouseMessagingConfig = "u8);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("fileAttachment");
            json.WriteStartArray("allowedFileTypes");
            foreach (var mime in options.Limits.AllowedTypes) json.WriteStringValue(mime);
            json.WriteEndArray();
            json.WriteNumber("maxSize", options.Limits.MaxFileBytes);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        body.Write(";\n"u8);
        http.Response.ContentType = "text/javascript; charset=utf-8";
        http.Response.ContentLength = body.WrittenCount;
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        await JsonResponse.WriteAsync(http, body.WrittenMemory);
    }
}
