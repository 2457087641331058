using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Simulator;

internal static class JsonBytes
{
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.WrittenMemory;
    }
}

/// <summary>Numbers as they go onto the wire.</summary>
internal static class Invariant
{
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
