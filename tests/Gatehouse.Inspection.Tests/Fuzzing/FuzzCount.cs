using System.Globalization;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>How far the mutants of one format came, and what was wrong with the answers.</summary>
internal sealed class FuzzCount(string mime)
{
    private readonly Lock _lock = new();
    private readonly List<string> _findings = [];

    private long _inputs;
    private long _passedHeader;
    private long _reachedLastCheck;
    private long _accepted;
    private long _largest;

    public string Mime { get; } = mime;

    public double PassedHeader => (double)_passedHeader / Math.Max(1, _inputs);

    public double ReachedLastCheck => (double)_reachedLastCheck / Math.Max(1, _inputs);

    public double Accepted => (double)_accepted / Math.Max(1, _inputs);

    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_lock)
                return [.. _findings];
        }
    }

    public void Add(bool passedHeader, bool reachedLastCheck, bool accepted, long allocated)
    {
        Interlocked.Increment(ref _inputs);
        if (passedHeader)
            Interlocked.Increment(ref _passedHeader);
        if (reachedLastCheck)
            Interlocked.Increment(ref _reachedLastCheck);
        if (accepted)
            Interlocked.Increment(ref _accepted);
        lock (_lock)
            _largest = Math.Max(_largest, allocated);
    }

    public void Find(string finding)
    {
        lock (_lock)
            _findings.Add($"{Mime} {finding}");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Mime[(Mime.LastIndexOf('.') + 1)..],-16} {_inputs,10} inputs, {100 * PassedHeader,5:0.0} % passed the header, {100 * ReachedLastCheck,5:0.0} % the last check, {100 * Accepted,5:0.0} % accepted, at most {_largest / 1024,6} KB allocated, {Findings.Count} findings");
}
