using Gatehouse.Gateway.Fields;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Gateway.Endpoints;

/// <summary>
/// The contact that an address names in one percent-encoded segment. Read from the request line: the server's own path leaves <c>%2F</c> as it is and decodes <c>%252F</c> to the same, so that
/// <c>external:a/b</c> could be taken for another contact.
/// </summary>
internal static class ContactSegment
{
    /// <summary>Of <c>…/{contact}/uploads</c>; null when the segment has none of a contact id's forms.</summary>
    public static ContactId? Of(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var segments = (query < 0 ? target : target[..query]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length < 2 ? null : ContactId.Parse(Uri.UnescapeDataString(segments[^2]));
    }
}
