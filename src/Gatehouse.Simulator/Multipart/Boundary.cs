using System.Text;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Simulator;

internal static class Boundary
{
    // RFC 2046, 5.1.1.
    private const int MostCharacters = 70;

    /// <summary>The boundary of a <c>multipart/form-data</c> content type; null when it is another type or names none.</summary>
    public static byte[]? Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is >= 1 and <= MostCharacters ? Encoding.ASCII.GetBytes(boundary.ToString()) : null;
    }
}
