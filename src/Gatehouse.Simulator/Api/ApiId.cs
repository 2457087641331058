using System.Buffers;
using System.Collections.Frozen;

namespace Gatehouse.Simulator;

/// <summary>Ids of integrations, conversations and the like in a path: 1 to 64 of <c>[A-Za-z0-9_-]</c>. Genesys' own are GUIDs; tests may call theirs by name.</summary>
internal static class ApiId
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsWellFormed(string? id) => id is { Length: >= 1 and <= 64 } && !id.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>The id at a place of the path's template, or the refusal: 400 for what is none, 404 for one that a fault hides.</summary>
    public static (string? Id, Reply? Refusal) From(HttpContext http, string place, FrozenSet<string>? unknown, string correlationId)
    {
        var id = http.Request.RouteValues[place] as string;
        if (!IsWellFormed(id))
            return (null, ErrorBody.Of(400, "bad.request", $"The {place} is not a valid identifier.", correlationId, place));
        return Faults.Names(unknown, id!) ? (null, ErrorBody.Of(404, "not.found", $"The {place} {id} was not found.", correlationId)) : (id, null);
    }
}
