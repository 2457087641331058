namespace Gatehouse.Gateway.Configuration;

/// <summary>What one contact may send.</summary>
public sealed record QuotasOptions
{
    public long MaxFiles { get; init; } = Keys.MaxFiles.Default;
    public long MaxBytes { get; init; } = Keys.MaxBytes.Default;
    public int WindowHours { get; init; } = (int)Keys.WindowHours.Default;

    /// <summary>Received at the same time, per contact and node.</summary>
    public int MaxConcurrent { get; init; } = (int)Keys.MaxConcurrent.Default;

    /// <summary>Tried in an hour, refused ones included.</summary>
    public long MaxAttempts { get; init; } = Keys.MaxAttempts.Default;

    internal static QuotasOptions Read(KeyReader reader) => new()
    {
        MaxFiles = reader.Number(Keys.MaxFiles),
        MaxBytes = reader.Number(Keys.MaxBytes),
        WindowHours = (int)reader.Number(Keys.WindowHours),
        MaxConcurrent = (int)reader.Number(Keys.MaxConcurrent),
        MaxAttempts = reader.Number(Keys.MaxAttempts),
    };
}
