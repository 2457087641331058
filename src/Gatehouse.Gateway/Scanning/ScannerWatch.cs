using System.Globalization;
using Gatehouse.Gateway.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Scanning;

/// <summary>
/// Looks now and then whether clamd answers, and has it scan a file of the largest size that is let in whenever it has come up: one that clamd has no verdict on would be refused in front of every customer who
/// sends it, so a node whose probe was refused is not ready. Where such files are let in all the same, or clamd only took too long, as it would for any node, that is told and no more. clamd may come up long after this process.
/// </summary>
public sealed partial class ScannerWatch(Scanner scanner, ScannerOptions options, long largestFile, TimeProvider time, ILogger<ScannerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan WhileWell = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(2);

    /// <summary>A probe of 2 GB holds clamd for a while.</summary>
    private static readonly TimeSpan WhileRefused = TimeSpan.FromSeconds(30);

    private volatile Doubt? _doubt;
    private bool _probed;

    /// <summary>What clamd refuses to scan that would be let in, and what to do; null: nothing, as far as is known.</summary>
    public string? Refused => _doubt is { Refuses: true } doubt ? doubt.Why : null;

    /// <summary>Why nothing is let in at the moment, or not everything, or not everything scanned; null: all is well.</summary>
    public string? Trouble => _doubt?.Why ?? (scanner.Away is { } why ? $"The virus scanner cannot be reached: {why}" : null);

    private TimeSpan Every => scanner.Away is not null ? WhileAway : _probed ? WhileWell : _doubt is null ? WhileAway : WhileRefused;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await scanner.LookAsync(cancellationToken) is null)
        {
            // It may come back with another configuration.
            _probed = false;
            _doubt = null;
            return;
        }
        if (!_probed) await ProbeAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            long? lookedAt = null;
            while (true)
            {
                if (lookedAt is not { } at || time.GetElapsedTime(at) >= Every)
                {
                    await LookAsync(stoppingToken);
                    lookedAt = time.GetTimestamp();
                }
                // An upload may find out first that it is away.
                await Task.Delay(WhileAway, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var probe = new ProbeFile(largestFile);
        var report = await scanner.ScanAsync(probe, cancellationToken);
        if (report.Result == ScanResult.Unreachable) return;
        var doubt = report.Result == ScanResult.Inconclusive ? DoubtOf(report) : null;
        if (doubt is null) LogPassed(logger, report.Engine, report.Database, largestFile);
        else if (doubt != _doubt) LogDoubt(logger, doubt.Refuses ? LogLevel.Error : LogLevel.Warning, doubt.Why);
        _doubt = doubt;
        _probed = doubt is null;
    }

    private Doubt DoubtOf(ScanReport report)
    {
        var remedy = report.TookTooLong
            ? $"raise {Keys.ScannerTimeoutSeconds.Name}, or give clamd more of a processor"
            : "set StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf to more than that, and AlertExceedsMax to yes";
        var letIn = options.AcceptsInconclusive ? $"; as {Keys.ScannerInconclusive.Name} is accept, such files are let in unscanned" : "";
        return new Doubt(
            string.Create(CultureInfo.InvariantCulture, $"clamd has no verdict on a file of {largestFile} bytes, which is the largest let in ({report.Detail}): {remedy}{letIn}."),
            Refuses: !options.AcceptsInconclusive && !report.TookTooLong);
    }

    [LoggerMessage(EventId = 1904, Level = LogLevel.Information, Message = "The virus scanner answers: {Engine}, signatures {Database}; it scans files of {Bytes} bytes")]
    private static partial void LogPassed(ILogger logger, string? engine, string? database, long bytes);

    [LoggerMessage(EventId = 1905, Message = "The virus scanner cannot take what is let in: {Why}")]
    private static partial void LogDoubt(ILogger logger, LogLevel level, string why);

    /// <param name="Refuses">Files of that size would be refused in front of every customer, by this node.</param>
    private sealed record Doubt(string Why, bool Refuses);
}
