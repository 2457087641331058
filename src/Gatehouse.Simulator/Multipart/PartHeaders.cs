using System.Text;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Simulator;

/// <summary>What a part says of itself.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="FileName">From <c>filename*</c> where there is one (RFC 6266), else <c>filename</c>; null when it has none.</param>
/// <param name="Mime">The bare media type in lower case; null when it has none.</param>
internal sealed record PartHeaders(string Name, string? FileName, string? Mime)
{
    /// <summary>Reads a header block that ends in an empty line; null when it names no field.</summary>
    public static PartHeaders? Read(ReadOnlySpan<byte> block)
    {
        string? name = null, fileName = null, mime = null;
        foreach (var line in Encoding.UTF8.GetString(block).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                return null;
            var value = line[(colon + 1)..].Trim();
            var header = line.AsSpan(0, colon);
            if (header.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) && ContentDispositionHeaderValue.TryParse(value, out var disposition))
            {
                name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
                fileName = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName)).Value;
            }
            else if (header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && MediaTypeHeaderValue.TryParse(value, out var type))
            {
                mime = type.MediaType.Value?.ToLowerInvariant();
            }
        }

        return name is null ? null : new PartHeaders(name, fileName, mime);
    }
}
