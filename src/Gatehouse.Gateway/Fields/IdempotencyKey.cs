using Gatehouse.Gateway.Problems;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.Gateway.Fields;

/// <summary>The header <c>Idempotency-Key</c>: 1 to 255 visible ASCII characters, once.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>The key; null when none was sent.</summary>
    public static OrProblem<string?> Parse(StringValues values)
    {
        if (values.Count == 0) return (string?)null;
        if (values.Count > 1) return Invalid("is given twice.");
        var key = values[0] ?? "";
        if (key.Length is 0 or > MaxLength) return Invalid($"has {key.Length} characters.");
        return key.AsSpan().ContainsAnyExceptInRange('!', '~') ? Invalid("has other than visible ASCII characters.") : key;
    }

    private static Problem Invalid(string what) => new(ProblemCodes.IdempotencyKeyInvalid) { Detail = $"{Header} {what}", Field = Header };
}
