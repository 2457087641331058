namespace Gatehouse.Gateway.Configuration;

/// <summary>Where refused files are kept.</summary>
public sealed record QuarantineOptions
{
    /// <summary>An absolute path; null: they are not kept.</summary>
    public string? Directory { get; init; }

    public long MaxBytes { get; init; } = Keys.QuarantineMaxBytes.Default;

    public int RetentionDays { get; init; } = (int)Keys.QuarantineRetentionDays.Default;

    internal static QuarantineOptions Read(KeyReader reader) => new()
    {
        Directory = reader.Folder(Keys.QuarantineDirectory),
        MaxBytes = reader.Number(Keys.QuarantineMaxBytes),
        RetentionDays = (int)reader.Number(Keys.QuarantineRetentionDays),
    };
}
