using System.Buffers;

namespace Gatehouse.Simulator;

/// <summary>A contact's id as one percent-encoded path segment: 1 to 64 of <c>[A-Za-z0-9_-]</c>, or <c>email:</c>, <c>phone:</c>, <c>external:</c> with 1 to 255 characters.</summary>
internal static class ContactId
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly string[] Kinds = ["email:", "phone:", "external:"];

    /// <summary>
    /// The id in the request's path, from the target as it was sent: the path that the framework has decoded leaves <c>%2F</c> alone, so what else was encoded cannot be told any more.
    /// </summary>
    /// <param name="segment">Which segment of the path, counted from 0.</param>
    /// <returns>Null when it is not an id.</returns>
    public static string? From(string rawTarget, int segment)
    {
        var path = rawTarget.AsSpan();
        var query = path.IndexOf('?');
        if (query >= 0)
            path = path[..query];
        var at = 0;
        foreach (var range in path.TrimStart('/').Split('/'))
        {
            if (at++ != segment)
                continue;
            var id = Uri.UnescapeDataString(path.TrimStart('/')[range]);
            return IsWellFormed(id) ? id : null;
        }

        return null;
    }

    private static bool IsWellFormed(string id)
    {
        foreach (var kind in Kinds)
        {
            if (id.StartsWith(kind, StringComparison.Ordinal))
                return id.Length - kind.Length is >= 1 and <= 255 && !id.Any(char.IsControl);
        }

        return id.Length is >= 1 and <= 64 && !id.AsSpan().ContainsAnyExcept(Plain);
    }
}
