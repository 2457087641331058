using System.Text.Json;

namespace Gatehouse.Genesys;

/// <summary>Where a file is to be put, as Genesys says it: an address that is a capability, and the headers that it was signed with.</summary>
internal sealed record PresignedUpload(Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    private const int MaxAddressLength = 8 * 1024;
    private const int MaxHeaders = 32;
    private const int MaxHeaderLength = 4 * 1024;

    /// <summary>Null when the members are not what they must be: a relative address, a header that would be two lines.</summary>
    public static PresignedUpload? Read(JsonElement body, string addressMember, string headersMember)
    {
        if (body.Text(addressMember, MaxAddressLength) is not { } text || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.UserInfo.Length > 0) return null;
        var headers = new List<KeyValuePair<string, string>>();
        if (body.TryGetProperty(headersMember, out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject())
            {
                if (headers.Count == MaxHeaders || !IsName(header.Name) || given.Text(header.Name, MaxHeaderLength) is not { } value || !IsValue(value)) return null;
                headers.Add(new(header.Name, value));
            }
        }
        return new PresignedUpload(PathSegment.Verbatim(text), headers);
    }

    /// <summary>The upload with this content type, unless Genesys named one itself.</summary>
    public PresignedUpload WithContentType(string mime) =>
        Headers.Any(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) ? this : this with { Headers = [.. Headers, new("Content-Type", mime)] };

    // It says what a capability must not: the query is its signature.
    public override string ToString() => $"{nameof(PresignedUpload)} {{ {Address.Host} }}";

    private static bool IsName(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
