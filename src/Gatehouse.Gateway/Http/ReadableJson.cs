using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gatehouse.Gateway.Http;

/// <summary>How JSON answers are written: names and sentences of every script stay readable, and a phone's plus is one. They are never HTML: their type says so, with <c>nosniff</c>.</summary>
internal static class ReadableJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
