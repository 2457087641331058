using System.Diagnostics;

namespace Gatehouse.Inspection.Tests.Fuzzing;

/// <summary>
/// Feeds the inspection with mutants of valid files. Each is made from the seed and its number alone, so a finding names both and can be made again.
/// </summary>
internal sealed class Fuzzer(FuzzFormat format, int seed)
{
    private const int Bases = 64;

    /// <summary>The inputs are small; what one may cost is a few decoded streams.</summary>
    private const long MostAllocated = 16 << 20;

    /// <summary>No more of them because some wait for another program.</summary>
    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly byte[][] _files = [.. Enumerable.Range(0, Bases).Select(i => format.Make(new Random(seed + i)))];

    public FuzzCount Count { get; } = new(format.Mime);

    public byte[] Input(int number)
    {
        var random = new Random(unchecked((seed * 397) ^ number));
        return new Mutator(format, random).Mutate([.. _files[random.Next(Bases)]], _files[random.Next(Bases)]);
    }

    /// <param name="seeAccepted">Gets every mutant that was let in.</param>
    public void Run(int from, int to, Action<int, byte[]>? seeAccepted = null) => Parallel.For(from, to, Threads, number =>
    {
        var input = Input(number);
        try
        {
            Judge(number, input, seeAccepted);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Count.Find($"seed {seed} input {number}: {exception.GetType().Name} {exception.Message}{exception.StackTrace?.Split('\n')[0]}");
        }
    });

    private void Judge(int number, byte[] input, Action<int, byte[]>? seeAccepted)
    {
        var start = Stopwatch.GetTimestamp();
        var (whole, pieces, allocated) = JudgeTwice(number, input);
        if (Stopwatch.GetElapsedTime(start) > Deadline)
            JudgeAgain(number, input);
        if (allocated > MostAllocated)
            Count.Find($"seed {seed} input {number}: {allocated} bytes allocated");
        if (!IsSame(whole, pieces))
            Count.Find($"seed {seed} input {number}: whole {whole}, in pieces {pieces}");
        var isOwn = IsOwn(whole);
        Count.Add(
            isOwn && (whole is Verdict.Accept || whole is Verdict.Refuse early && format.PassedHeader(early, input)),
            isOwn && (whole is Verdict.Accept || whole is Verdict.Refuse late && format.ReachedLastCheck(late, input)),
            isOwn && whole is Verdict.Accept,
            allocated);
        if (whole is Verdict.Accept && isOwn)
            seeAccepted?.Invoke(number, input);
    }

    private static (Verdict Whole, Verdict Pieces, long Allocated) JudgeTwice(int number, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var whole = Judging.Judge.Whole(input, policy: Judging.Judge.EveryType);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return (whole, Judging.Judge.InPieces(input, [1 + (number % 7), 1 + (number % 61)], policy: Judging.Judge.EveryType), allocated);
    }

    /// <summary>A machine that is busy with other things makes one run slow, and seldom two of the same input.</summary>
    private void JudgeAgain(int number, byte[] input)
    {
        var start = Stopwatch.GetTimestamp();
        _ = JudgeTwice(number, input);
        if (Stopwatch.GetElapsedTime(start) > Deadline)
            Count.Find($"seed {seed} input {number}: twice longer than {Deadline}");
    }

    /// <summary>Judged by the format's own validator; text names what it is taken for instead.</summary>
    private bool IsOwn(Verdict verdict) => verdict switch
    {
        Verdict.Accept accepted => string.Equals(accepted.Mime, format.Mime, StringComparison.Ordinal),
        Verdict.Refuse { Reason: not null } refused => string.Equals(refused.DetectedMime, format.Mime, StringComparison.Ordinal) || format.Mime is "text/plain" || format.AlsoNamed.Contains(refused.DetectedMime, StringComparer.Ordinal),
        _ => false,
    };

    private static bool IsSame(Verdict one, Verdict other) => (one, other) switch
    {
        (Verdict.Accept a, Verdict.Accept b) => (a.Mime, a.Charset) == (b.Mime, b.Charset),
        (Verdict.Refuse a, Verdict.Refuse b) => (a.Code, a.Reason, a.DetectedMime) == (b.Code, b.Reason, b.DetectedMime),
        _ => false,
    };
}
