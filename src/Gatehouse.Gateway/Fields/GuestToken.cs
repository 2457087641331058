using Gatehouse.Gateway.Problems;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Fields;

/// <summary>The header <c>X-Guest-Token</c>: the token of the Messenger guest in whose name a file goes to <c>web-messaging</c>. Never logged, and sealed where it is stored.</summary>
public static class GuestToken
{
    public const string Header = "X-Guest-Token";

    /// <summary>The token; null when none was sent.</summary>
    public static OrProblem<string?> Parse(StringValues values)
    {
        if (values.Count == 0 || (values.Count == 1 && values[0] is null or "")) return (string?)null;
        if (values.Count > 1) return Problem.Malformed($"{Header} is given twice.", Header);
        return GuestTokenVault.IsToken(values[0]!) ? values[0] : Problem.Malformed($"{Header} must have 1 to {GuestTokenVault.MaxTokenLength} visible ASCII characters.", Header);
    }
}
