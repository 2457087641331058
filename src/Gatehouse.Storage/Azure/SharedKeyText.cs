using System.Globalization;
using System.Text;

namespace Gatehouse.Storage.Azure;

/// <summary>What is signed of a request with an account's key: "Authorize with Shared Key", for the Blob service, as of version 2015-02-21.</summary>
internal static class SharedKeyText
{
    public static string Of(HttpRequestMessage request, string account)
    {
        var content = request.Content?.Headers;
        var text = new StringBuilder();
        string[] standard =
        [
            request.Method.Method,
            content is null ? "" : string.Join(',', content.ContentEncoding),
            content is null ? "" : string.Join(',', content.ContentLanguage),
            content?.ContentLength is > 0 and var length ? length.ToString(CultureInfo.InvariantCulture) : "",
            content?.ContentMD5 is { } md5 ? Convert.ToBase64String(md5) : "",
            content?.ContentType?.ToString() ?? "",
            // Date: x-ms-date stands for it. No preconditions, and the range is x-ms-range.
            "", "", "", "", "", "",
        ];
        foreach (var line in standard) text.Append(line).Append('\n');
        var own = request.Headers.Where(h => h.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).Select(h => (Name: h.Key.ToLowerInvariant(), Value: string.Join(',', h.Value).Trim()));
        foreach (var (name, value) in own.OrderBy(h => h.Name, StringComparer.Ordinal)) text.Append(name).Append(':').Append(value).Append('\n');
        text.Append('/').Append(account).Append(request.RequestUri!.AbsolutePath);
        foreach (var (name, value) in Query(request.RequestUri).OrderBy(q => q.Name, StringComparer.Ordinal)) text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }

    /// <summary>Each name occurs once in what is asked here.</summary>
    private static IEnumerable<(string Name, string Value)> Query(Uri address) => address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(pair[..at]).ToLowerInvariant(), Uri.UnescapeDataString(pair[(at + 1)..]));
    });
}
