namespace Gatehouse.Inspection;

/// <summary>What is let in, and the limits.</summary>
public sealed record InspectionPolicy
{
    public static readonly IReadOnlyList<string> DefaultAllowedTypes = ["image/png", "image/jpeg", "application/pdf", "text/plain"];

    /// <summary>Bare types. Only types with a validator can be allowed (<see cref="Inspector.ValidatedTypes"/>).</summary>
    public IReadOnlyList<string> AllowedTypes { get; init; } = DefaultAllowedTypes;

    /// <summary>Phones make 50 Mpx; a 389 KB PNG of 20,000 x 20,000 holds a scanner for 15 to 25 s.</summary>
    public long MaxPixels { get; init; } = 70_000_000;

    /// <summary>
    /// Reasons that only flag what is accepted: any of <see cref="Reasons.ExtensionMismatch"/>, <see cref="Reasons.ActiveContent"/>,
    /// <see cref="Reasons.EmbeddedFile"/>, <see cref="Reasons.Encrypted"/>.
    /// </summary>
    public IReadOnlyList<string> FlagOnly { get; init; } = [Reasons.ExtensionMismatch];

    /// <summary>Longest side of an image, in pixels.</summary>
    public int MaxSide { get; init; } = 30_000;
}
