using System.Globalization;

namespace Gatehouse.Load;

/// <summary>Warms the servers up, loads them for the time asked, and checks what arrived.</summary>
internal static class Measurement
{
    public static async Task<Cell> TakeAsync(
        IReadOnlyList<ServerProcess> servers, IReadOnlyList<Target> targets, UploadSource source, ReceivedCheck check, LoadOptions options, CancellationToken cancellationToken)
    {
        var load = new ClosedLoop(targets, source);
        var warmup = await load.RunAsync(options.Connections, options.WarmupSeconds, cancellationToken);
        await check.ClearAsync(cancellationToken);

        var before = CpuOf(servers);
        var tally = await load.RunAsync(options.Connections, options.Seconds, cancellationToken);
        var cpu = servers.Any(server => server.HasExited) ? throw new LoadException("A server ended under load.") : CpuOf(servers) - before;
        cancellationToken.ThrowIfCancellationRequested();
        var peak = servers.Max(server => server.PeakMemoryMb());
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
            Problems = [.. Problems(uploads, peak, received, failures, warmup.FirstFailures.Concat(tally.FirstFailures), options)],
        };
    }

    private static TimeSpan CpuOf(IReadOnlyList<ServerProcess> servers) => servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.Cpu());

    private static IEnumerable<string> Problems(
        long uploads, double peak, ReceivedResult received, Dictionary<string, long> failures, IEnumerable<KeyValuePair<string, string>> told, LoadOptions options)
    {
        foreach (var (kind, first) in told.DistinctBy(failure => failure.Key, StringComparer.Ordinal))
            yield return string.Create(CultureInfo.InvariantCulture, $"{kind}, {failures[kind]} times: {first}");
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
