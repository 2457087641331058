using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Gateway.Endpoints;

/// <summary>
/// The contact that an address names in one percent-encoded segment. Read from the request line: the server's own path leaves <c>%2F</c> as it is and decodes <c>%252F</c> to the same, so that
/// <c>external:a/b</c> could be taken for another contact.
/// </summary>
internal static class ContactSegment
{
    /// <summary>Of <c>/v1/contacts/{contact}/uploads</c>; null when the request line says more than that: the server's path came of it only by resolving <c>.</c> and <c>..</c>, however encoded.</summary>
    public static string? Of(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var segments = (query < 0 ? target : target[..query]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        // The absolute form, which every server must accept (RFC 9112, section 3.2.2), has scheme and host in front.
        var path = target.StartsWith('/') ? segments.AsSpan() : segments.AsSpan(Math.Min(2, segments.Length));
        return path is [_, _, var contact, _] ? Uri.UnescapeDataString(contact) : null;
    }
}
