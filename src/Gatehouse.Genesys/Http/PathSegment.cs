using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Genesys;

/// <summary>Puts a value that others chose into a path as exactly one segment (RFC 3986, section 3.3).</summary>
internal static class PathSegment
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>False for what cannot be one segment: nothing, and the dot segments, which a server would resolve away however they are encoded.</summary>
    public static bool TryEncode(string value, [NotNullWhen(true)] out string? segment)
    {
        segment = value is "" or "." or ".." ? null : Uri.EscapeDataString(value);
        return segment is not null;
    }

    /// <summary>The address with its path left as it is written.</summary>
    public static Uri Verbatim(string address) => new(address, AsWritten);
}
