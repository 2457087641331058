using System.Collections.Frozen;

namespace Gatehouse.Simulator;

/// <summary>Media types as a supported content profile lists them (RFC 2046): exact ones, <c>image/*</c> and <c>*/*</c>.</summary>
internal static class MediaTypes
{
    /// <summary>What Genesys' default profile lets customers send.</summary>
    public static readonly FrozenSet<string> DefaultInbound = Set("*/*");

    /// <summary>What Genesys' default profile lets agents send.</summary>
    public static readonly FrozenSet<string> DefaultOutbound = Set("image/gif", "image/jpeg", "image/png");

    public static bool Allow(FrozenSet<string> types, string mime) =>
        types.Contains("*/*") || types.Contains(mime) || (mime.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && types.Contains(mime[..slash] + "/*"));

    public static bool IsOne(string type) => type.Length <= 255 && type.Split('/') is [{ Length: > 0 }, { Length: > 0 }];

    private static FrozenSet<string> Set(params string[] types) => types.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
