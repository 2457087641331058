using System.Buffers;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Fields;

/// <summary>The optional fields, checked as they arrive. An empty one counts as not sent. The contact is <see cref="ContactChoice"/>'s.</summary>
public sealed class UploadFields
{
    private const int MaxId = 64;
    private const int MaxSender = 255;

    private static readonly SearchValues<char> IdChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>1 to 64 of <c>[A-Za-z0-9_-]</c>; GUIDs lower-cased.</summary>
    public string? ConversationId { get; private set; }

    /// <summary>A route's name; whether there is such a route is for the pipeline to say.</summary>
    public string? Route { get; private set; }

    /// <summary>1 to 255 characters, none of them a control.</summary>
    public string? SenderId { get; private set; }

    /// <summary><c>duplicate=allow</c>: send the same bytes again.</summary>
    public bool AllowDuplicate { get; private set; }

    public Problem? Set(string name, string value)
    {
        if (value.Length == 0) return null;
        switch (name)
        {
            case FormFields.ConversationId:
                if (!IsId(value)) return Invalid(name, "must have 1 to 64 of the characters A-Z a-z 0-9 _ -.");
                ConversationId = Guid.TryParseExact(value, "D", out _) ? value.ToLowerInvariant() : value;
                return null;
            case FormFields.Route:
                if (!IsId(value)) return Invalid(name, "must be a route's name.");
                Route = value;
                return null;
            case FormFields.SenderId:
                if (value.Length > MaxSender || value.Any(char.IsControl)) return Invalid(name, "must have 1 to 255 characters, none of them a control character.");
                SenderId = value;
                return null;
            case FormFields.Duplicate:
                if (value is not ("send-once" or "allow")) return Invalid(name, "must be send-once or allow.");
                AllowDuplicate = string.Equals(value, "allow", StringComparison.Ordinal);
                return null;
            default:
                return null;
        }
    }

    private static bool IsId(string value) => value.Length <= MaxId && !value.AsSpan().ContainsAnyExcept(IdChars);

    private static Problem Invalid(string name, string rule) => Problem.Malformed($"The field {name} {rule}", name);
}
