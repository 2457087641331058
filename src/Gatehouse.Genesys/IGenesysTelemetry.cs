namespace Gatehouse.Genesys;

/// <summary>What operators count. Called on hot paths: an implementation neither blocks nor throws.</summary>
public interface IGenesysTelemetry
{
    /// <summary>One HTTP request ended. <paramref name="operation"/>: a fixed name such as <c>contact-attachments</c>. <paramref name="status"/> null: no answer came.</summary>
    void CallEnded(string operation, int? status, TimeSpan took);

    /// <summary>A token was asked for at the login service.</summary>
    void TokenRefreshed(bool ok);

    /// <summary>Genesys asked for a pause (429).</summary>
    void Paused(TimeSpan pause);

    /// <summary>Genesys asked for a longer pause than <c>Delivery:MaxRetryAfterSeconds</c> grants: an operator should know why.</summary>
    void PauseCut(TimeSpan asked, TimeSpan granted);

    /// <summary>The supported content profile could not be read, so files are sent without knowing whether Genesys drops them.</summary>
    void ProfileUnreadable();
}

/// <summary>Counts nothing.</summary>
public sealed class NoGenesysTelemetry : IGenesysTelemetry
{
    public static readonly NoGenesysTelemetry Instance = new();

    public void CallEnded(string operation, int? status, TimeSpan took)
    {
    }

    public void TokenRefreshed(bool ok)
    {
    }

    public void Paused(TimeSpan pause)
    {
    }

    public void PauseCut(TimeSpan asked, TimeSpan granted)
    {
    }

    public void ProfileUnreadable()
    {
    }
}
