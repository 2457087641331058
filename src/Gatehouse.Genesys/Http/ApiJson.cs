using System.Buffers;
using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>A request's body in JSON.</summary>
internal static class ApiJson
{
    public static HttpContent Of(Action<Utf8JsonWriter> members)
    {
        var content = new ReadOnlyMemoryContent(Write(members));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return content;
    }

    /// <summary>One object with these members.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
