namespace Gatehouse.Gateway.Callers;

/// <summary>What a caller may do. No scope holds another.</summary>
[Flags]
public enum CallerScopes
{
    None = 0,

    /// <summary>Send files.</summary>
    Upload = 1,

    /// <summary>Read uploads, contacts' lists and events.</summary>
    Read = 2,

    /// <summary>What operators do.</summary>
    Admin = 4,

    All = Upload | Read | Admin,
}

public static class CallerScopesText
{
    private static readonly (string Name, CallerScopes Scope)[] Names = [("upload", CallerScopes.Upload), ("read", CallerScopes.Read), ("admin", CallerScopes.Admin)];

    /// <summary>Reads names separated by commas or spaces; false when there is none or one that is not known.</summary>
    public static bool TryParse(string? text, out CallerScopes scopes)
    {
        scopes = CallerScopes.None;
        foreach (var word in (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var found = Array.Find(Names, pair => pair.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (found.Name is null) return false;
            scopes |= found.Scope;
        }
        return scopes != CallerScopes.None;
    }

    /// <summary>The names, separated by spaces as RFC 6750 writes scopes.</summary>
    public static string ToText(this CallerScopes scopes) => string.Join(' ', Names.Where(pair => scopes.HasFlag(pair.Scope)).Select(pair => pair.Name));
}
