using System.Buffers;
using System.Text;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Multipart;

/// <summary>What stands between the parts: CRLF, two hyphens, and the boundary parameter (RFC 2046, section 5.1.1).</summary>
public static class Boundary
{
    private const int MaxLength = 70;

    /// <summary>CRLF, hyphens, boundary, closing hyphens or CRLF.</summary>
    internal const int MaxDelimiterBytes = 2 + 2 + MaxLength + 2;

    // bchars of RFC 2046, section 5.1.1.
    private static readonly SearchValues<char> Chars =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ");

    /// <summary>The delimiter of a request's <c>Content-Type</c>.</summary>
    public static OrProblem<byte[]> Delimiter(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return NoForm("The request has no Content-Type; send multipart/form-data.");
        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? contentType : contentType[..semicolon]).Trim(' ', '\t');
        if (!type.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return NoForm("The request's Content-Type is not multipart/form-data.");

        var parameters = ParameterList.Parse(semicolon < 0 ? "" : contentType.AsSpan(semicolon));
        if (parameters.Problem is { } problem) return Problem.Malformed($"Content-Type of the request: {problem}", "Content-Type");
        if (parameters.Find("boundary") is not { } boundary) return Problem.Malformed("Content-Type of the request: the boundary is missing.", "Content-Type");
        if (boundary.Length is 0 or > MaxLength || boundary[^1] == ' ' || boundary.AsSpan().ContainsAnyExcept(Chars))
            return Problem.Malformed($"Content-Type of the request: the boundary must have 1 to {MaxLength} of the characters that RFC 2046 allows.", "Content-Type");
        return Encoding.ASCII.GetBytes("\r\n--" + boundary);
    }

    private static Problem NoForm(string detail) => new(ProblemCodes.FileMissing) { Detail = detail, Field = FormFields.File };
}
