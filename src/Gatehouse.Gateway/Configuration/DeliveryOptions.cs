namespace Gatehouse.Gateway.Configuration;

/// <summary>How uploads go on to Genesys Cloud.</summary>
public sealed record DeliveryOptions
{
    /// <summary>A route's name.</summary>
    public string Route { get; init; } = Keys.Route.Default;

    /// <summary>Further routes that an upload may choose.</summary>
    public IReadOnlyList<string> Offer { get; init; } = Keys.Offer.Default;

    /// <summary>How long an answer waits for the delivery, unless the caller's <c>Prefer</c> says otherwise.</summary>
    public int WaitSeconds { get; init; } = (int)Keys.WaitSeconds.Default;

    public int MaxAttempts { get; init; } = (int)Keys.DeliveryAttempts.Default;
    public int GiveUpAfterHours { get; init; } = (int)Keys.GiveUpAfterHours.Default;
    public int MaxRetryAfterSeconds { get; init; } = (int)Keys.MaxRetryAfterSeconds.Default;
    public int AttemptTimeoutSeconds { get; init; } = (int)Keys.AttemptTimeoutSeconds.Default;
    public int KeepFailedHours { get; init; } = (int)Keys.KeepFailedHours.Default;

    internal static DeliveryOptions Read(KeyReader reader) => new()
    {
        Route = reader.Text(Keys.Route),
        Offer = reader.List(Keys.Offer),
        WaitSeconds = (int)reader.Number(Keys.WaitSeconds),
        MaxAttempts = (int)reader.Number(Keys.DeliveryAttempts),
        GiveUpAfterHours = (int)reader.Number(Keys.GiveUpAfterHours),
        MaxRetryAfterSeconds = (int)reader.Number(Keys.MaxRetryAfterSeconds),
        AttemptTimeoutSeconds = (int)reader.Number(Keys.AttemptTimeoutSeconds),
        KeepFailedHours = (int)reader.Number(Keys.KeepFailedHours),
    };
}
