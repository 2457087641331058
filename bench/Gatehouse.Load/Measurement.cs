using System.Globalization;

namespace Gatehouse.Load;

/// <summary>Warms a server up, loads it for the time asked, and checks what arrived.</summary>
internal static class Measurement
{
    public static async Task<Cell> TakeAsync(
        ServerProcess server, Target target, UploadSource source, ReceivedCheck check, LoadOptions options, CancellationToken cancellationToken)
    {
        var load = new ClosedLoop(target, source);
        var warmup = await load.RunAsync(options.Connections, options.WarmupSeconds, cancellationToken);
        await check.ClearAsync(cancellationToken);

        var before = server.Cpu();
        var tally = await load.RunAsync(options.Connections, options.Seconds, cancellationToken);
        var cpu = server.HasExited ? throw new LoadException("The server ended under load.") : server.Cpu() - before;
        cancellationToken.ThrowIfCancellationRequested();
        var peak = server.PeakMemoryMb();
        var received = await check.CompareAsync(source, tally.Answered, cancellationToken);

        var uploads = tally.Answered.Count - received.Missing;
        var failures = warmup.Failures.Concat(tally.Failures).GroupBy(f => f.Key, StringComparer.Ordinal)
            .ToDictionary(f => f.Key, f => f.Sum(count => count.Value), StringComparer.Ordinal);
        return new Cell
        {
            FileBytes = source.Image.Size,
            Connections = options.Connections,
            Seconds = tally.Seconds,
            Uploads = uploads,
            UploadsPerSecond = uploads / tally.Seconds,
            P50Ms = tally.Percentile(0.50),
            P99Ms = tally.Percentile(0.99),
            CpuMsPerUpload = cpu.TotalMilliseconds / Math.Max(1, uploads),
            PeakMemoryMb = peak,
            Missing = received.Missing,
            Repeated = received.Repeated,
            Unexpected = received.Unexpected,
            Failures = failures,
            Problems = [.. Problems(uploads, peak, received, [.. warmup.FailuresTold, .. tally.FailuresTold], options)],
        };
    }

    private static IEnumerable<string> Problems(long uploads, double peak, ReceivedResult received, IEnumerable<string> failures, LoadOptions options)
    {
        foreach (var failure in failures)
            yield return failure;
        if (uploads == 0)
            yield return "No upload arrived.";
        if (!received.Holds)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The simulator received {received.Received} uploads: {received.Missing} of those answered 200 are missing, {received.Repeated} came again, {received.Unexpected} were not answered 200.");
        }

        if (options.MaxMemoryMb is { } most && peak > most)
            yield return string.Create(CultureInfo.InvariantCulture, $"Peak memory was {peak:F0} MB; at most {most:F0} were allowed.");
    }
}
