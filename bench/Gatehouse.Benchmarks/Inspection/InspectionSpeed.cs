using System.Diagnostics;
using System.Globalization;
using Gatehouse.Inspection;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>
/// How long the inspection of one file takes, pushed in pieces of 64 KB as the edge receives it, on one thread, and what it allocates. Short batches,
/// of which the best is what the code costs and the median what this machine made of it.
/// </summary>
internal static class InspectionSpeed
{
    private const int Piece = 64 * 1024;
    private const int Batches = 60;
    private const int BatchBytes = 5_000_000;

    /// <param name="files">Measured instead of the samples.</param>
    public static void Run(IReadOnlyList<string> files)
    {
        Console.WriteLine("file                       bytes     best ms   median ms  best GB/s   allocated");
        foreach (var (name, bytes) in files.Count == 0 ? InspectionSamples.All() : files.Select(f => (Path.GetFileName(f), File.ReadAllBytes(f))))
            Measure(name, bytes);
    }

    private static void Measure(string name, byte[] bytes)
    {
        var inspector = new Inspector(new InspectionPolicy());
        var content = new SampleContent(bytes);
        var times = Math.Max(1, BatchBytes / bytes.Length);
        for (var i = 0; i < times * 10; i++)
            Inspect(inspector, bytes, content);
        var milliseconds = new double[Batches];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < Batches; run++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
                Inspect(inspector, bytes, content);
            milliseconds[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / times;
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (Batches * times);
        Array.Sort(milliseconds);
        var best = milliseconds[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(name.Length > 22 ? name[..22] : name),-22}{bytes.Length,10}{best,12:0.00000}{milliseconds[Batches / 2],12:0.00000}{bytes.Length / best / 1e6,11:0.00}{allocated,12}"));
    }

    private static void Inspect(Inspector inspector, byte[] bytes, SampleContent content)
    {
        using var inspection = inspector.Begin("sample");
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            if (inspection.Write(bytes.AsSpan(at, Math.Min(Piece, bytes.Length - at))) is { } refusal)
                throw new InvalidOperationException(refusal.ToString());
        }

        if (inspection.Complete(content, CancellationToken.None) is not Verdict.Accept)
            throw new InvalidOperationException("A sample was refused.");
    }
}
