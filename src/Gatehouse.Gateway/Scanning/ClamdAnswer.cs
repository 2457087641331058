namespace Gatehouse.Gateway.Scanning;

/// <summary>Reads clamd's answers (clamd(8), COMMANDS): <c>stream: OK</c>, <c>stream: NAME FOUND</c>, <c>… ERROR</c>.</summary>
internal static class ClamdAnswer
{
    private const string Stream = "stream: ";
    private const string Found = " FOUND";

    /// <summary>With <c>AlertExceedsMax</c> that is how it says that it did not look at all of the file.</summary>
    private const string LimitExceeded = "Heuristics.Limits.Exceeded";

    /// <exception cref="IOException">What answers is no clamd.</exception>
    public static ScanReport Read(string answer)
    {
        if (string.Equals(answer, "stream: OK", StringComparison.Ordinal)) return new ScanReport(ScanResult.Clean);
        if (answer.StartsWith(Stream, StringComparison.Ordinal) && answer.EndsWith(Found, StringComparison.Ordinal) && answer.Length > Stream.Length + Found.Length)
        {
            var name = answer[Stream.Length..^Found.Length];
            return name.StartsWith(LimitExceeded, StringComparison.Ordinal) ? new ScanReport(ScanResult.Inconclusive, name, name) : new ScanReport(ScanResult.Infected, name);
        }
        if (answer.EndsWith("ERROR", StringComparison.Ordinal)) return new ScanReport(ScanResult.Inconclusive, Detail: answer);
        throw new IOException($"clamd answered \"{answer}\".");
    }
}
