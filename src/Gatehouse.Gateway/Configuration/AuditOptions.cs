namespace Gatehouse.Gateway.Configuration;

/// <summary>The record of verdicts.</summary>
public sealed record AuditOptions
{
    /// <summary>As a signing key: it must be as hard to guess as what it hides is worth; 32 characters of base64 hold 192 bits.</summary>
    private const int LeastKey = 32;

    /// <summary>An absolute path; null: <c>audit</c> in the data folder.</summary>
    public string? Directory { get; init; }

    /// <summary>0: nothing is recorded.</summary>
    public int RetentionDays { get; init; } = (int)Keys.AuditRetentionDays.Default;

    public long MaxFileBytes { get; init; } = Keys.AuditMaxFileBytes.Default;

    /// <summary>Empty: contacts, names and hashes stand as they are.</summary>
    public string HashKey { get; init; } = "";

    internal static AuditOptions Read(KeyReader reader)
    {
        var key = reader.Text(Keys.AuditHashKey);
        if (key.Length is > 0 and < LeastKey) reader.Refuse(Keys.AuditHashKey, $"it must have at least {LeastKey} characters, or be empty; make one with: openssl rand -base64 32");
        return new()
        {
            Directory = reader.Folder(Keys.AuditDirectory),
            RetentionDays = (int)reader.Number(Keys.AuditRetentionDays),
            MaxFileBytes = reader.Number(Keys.AuditMaxFileBytes),
            HashKey = key,
        };
    }
}
