namespace Gatehouse.Gateway.Scanning;

/// <summary>What the scanner said of one file.</summary>
/// <param name="Signature">What was found, in the scanner's words; null: nothing.</param>
/// <param name="Detail">Why there is no verdict, for the log; null where there is one.</param>
public sealed record ScanReport(ScanResult Result, string? Signature = null, string? Detail = null)
{
    /// <summary>The scanner's own version, such as <c>ClamAV 1.4.6</c>; null: it did not tell.</summary>
    public string? Engine { get; init; }

    /// <summary>Version of its daily signatures; null: it has none, or did not tell.</summary>
    public string? Database { get; init; }

    /// <summary>Without a verdict for no other reason than time.</summary>
    public bool TookTooLong { get; init; }

    /// <summary>A wait for a free connection included.</summary>
    public TimeSpan Took { get; init; }

    /// <param name="version">As clamd answers VERSION: <c>ClamAV 1.4.6/27450/Thu Nov 14 09:33:00 2024</c>, without the rest where it has no daily signatures.</param>
    public ScanReport By(string version)
    {
        var parts = version.Split('/');
        return this with { Engine = parts[0], Database = parts.Length > 1 ? parts[1] : null };
    }
}

public enum ScanResult
{
    Clean,
    Infected,

    /// <summary>It answered, without a verdict: a limit, a time-out, an error of its own.</summary>
    Inconclusive,

    /// <summary>It did not answer.</summary>
    Unreachable,
}

public static class ScanResultNames
{
    /// <summary>As the audit, the metrics and the log have it.</summary>
    public static string ToText(this ScanResult result) => result switch
    {
        ScanResult.Clean => "clean",
        ScanResult.Infected => "infected",
        ScanResult.Inconclusive => "inconclusive",
        _ => "unreachable",
    };
}
