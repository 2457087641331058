using System.Diagnostics;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Milliseconds that an upload spent in each of the seven steps.</summary>
public sealed class StepClock
{
    private readonly long[] _ticks = new long[Names.Count];
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _within;

    /// <summary>The steps, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["authenticate", "knock", "receive", "inspect", "admit", "deliver", "complete"];

    public double TotalMilliseconds => Stopwatch.GetElapsedTime(_began).TotalMilliseconds;

    public double Milliseconds(Step step) => _ticks[(int)step] * 1000d / Stopwatch.Frequency;

    public double Seconds(Step step) => _ticks[(int)step] / (double)Stopwatch.Frequency;

    public bool Ran(Step step) => _ticks[(int)step] != 0;

    /// <summary>Adds the time since <paramref name="since"/> (a <see cref="Stopwatch"/> timestamp) to a step, less what was done within it for another.</summary>
    public void Add(Step step, long since)
    {
        _ticks[(int)step] += Math.Max(1, Stopwatch.GetTimestamp() - since - _within);
        _within = 0;
    }

    /// <summary>Adds the time since <paramref name="since"/> to a step that runs inside another one, which is not charged with it.</summary>
    public void AddWithin(Step step, long since)
    {
        var ticks = Math.Max(1, Stopwatch.GetTimestamp() - since);
        _ticks[(int)step] += ticks;
        _within += ticks;
    }
}

/// <summary>The seven steps of an upload's way.</summary>
public enum Step
{
    Authenticate,
    Knock,
    Receive,
    Inspect,
    Admit,
    Deliver,
    Complete,
}
