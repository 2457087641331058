namespace Gatehouse.Inspection;

/// <summary>Judges files under a policy. One for the process; safe from several threads.</summary>
public sealed class Inspector(InspectionPolicy policy)
{
    /// <summary>The first bytes that decide which validator, or which name, a file gets: 64 KB, or all of a shorter file.</summary>
    public const int PrefixLength = 64 * 1024;

    public InspectionPolicy Policy { get; } = policy;

    /// <summary>Types that can be allowed.</summary>
    public static IReadOnlyList<string> ValidatedTypes => [.. Registry.Validators.Select(v => v.Mime)];

    /// <summary>Begins one file. <paramref name="filename"/>: its given name, for <see cref="Reasons.ExtensionMismatch"/>; may be null.</summary>
    public FileInspection Begin(string? filename) => new(Policy, filename);
}
