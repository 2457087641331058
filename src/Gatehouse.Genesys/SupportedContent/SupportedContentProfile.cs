using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>
/// A supported content profile: which types of files customers may send. Genesys drops a file of another type and says nothing, while the message still arrives (its MediaTypeAccess: "the media will be dropped").
/// </summary>
/// <param name="Inbound">Types as RFC 2046 has them, <c>image/*</c> and <c>*/*</c> included; empty: none at all.</param>
public sealed record SupportedContentProfile(IReadOnlyList<string> Inbound)
{
    private const int MaxTypes = 1000;

    /// <summary>Null when the body is no profile.</summary>
    internal static SupportedContentProfile? Parse(ReadOnlyMemory<byte> body)
    {
        if (JsonMembers.Object(body)?.Member("mediaTypes") is not { } mediaTypes) return null;
        return new SupportedContentProfile(MediaTypes.Read(mediaTypes.Member("allow") ?? default, "inbound", MaxTypes));
    }

    public bool AllowsInbound(string mime) => MediaTypes.Allow(Inbound, mime);
}

/// <summary>Lists of types as Genesys writes them: <c>[{"type":"image/*"}]</c>.</summary>
internal static class MediaTypes
{
    public static IReadOnlyList<string> Read(JsonElement parent, string name, int most) =>
        [.. parent.Items(name).Take(most).Select(item => item.Text("type", 200)).OfType<string>().Select(type => type.Trim().ToLowerInvariant())];

    public static bool Allow(IReadOnlyList<string> types, string mime) => types.Any(type =>
        type is "*/*" or "*" || string.Equals(type, mime, StringComparison.OrdinalIgnoreCase)
        || (type.EndsWith("/*", StringComparison.Ordinal) && mime.StartsWith(type[..^1], StringComparison.OrdinalIgnoreCase)));
}
