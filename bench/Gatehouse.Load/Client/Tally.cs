namespace Gatehouse.Load;

/// <summary>What came of a stretch of load.</summary>
internal sealed class Tally
{
    private const int MostFailuresTold = 5;

    private readonly Lock _turn = new();

    /// <summary>Numbers of the uploads that were answered 200.</summary>
    public List<long> Answered { get; } = [];

    public List<double> Milliseconds { get; } = [];

    public SortedDictionary<string, long> Failures { get; } = new(StringComparer.Ordinal);

    public List<string> FailuresTold { get; } = [];

    public double Seconds { get; set; }

    public void Add(List<long> answered, List<double> milliseconds)
    {
        lock (_turn)
        {
            Answered.AddRange(answered);
            Milliseconds.AddRange(milliseconds);
        }
    }

    public void Fail(string kind, string what)
    {
        lock (_turn)
        {
            Failures[kind] = Failures.GetValueOrDefault(kind) + 1;
            if (FailuresTold.Count < MostFailuresTold)
                FailuresTold.Add($"{kind}: {(what.Length > 300 ? what[..300] : what)}");
        }
    }

    /// <summary>Nearest-rank percentile; 0 when nothing was measured.</summary>
    public double Percentile(double share)
    {
        Milliseconds.Sort();
        return Milliseconds.Count == 0 ? 0 : Milliseconds[Math.Max(0, (int)Math.Ceiling(share * Milliseconds.Count) - 1)];
    }
}
