using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Callers;

/// <summary>Who sent a request.</summary>
/// <param name="Name">The key's name; <c>local</c> for the machine itself in Development.</param>
public sealed record Caller(string Name, CallerScopes Scopes)
{
    public static readonly Caller Local = new("local", CallerScopes.All);

    /// <summary>403 with RFC 6750's challenge when the scope is missing.</summary>
    public Problem? Require(CallerScopes scope) => (Scopes & scope) == scope ? null : new Problem(ProblemCodes.Forbidden)
    {
        Error = $"This API key lacks the scope {scope.ToText()}.",
        Challenge = $"Bearer realm=\"gatehouse\", error=\"insufficient_scope\", scope=\"{scope.ToText()}\"",
    };
}
