namespace Gatehouse.Gateway.Configuration;

/// <summary>How long the same bytes are recognised.</summary>
public sealed record DedupeOptions
{
    /// <summary>0: duplicates are not looked for.</summary>
    public int RetentionHours { get; init; } = (int)Keys.RetentionHours.Default;

    internal static DedupeOptions Read(KeyReader reader) => new() { RetentionHours = (int)reader.Number(Keys.RetentionHours) };
}
