using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Scanning;

/// <summary>
/// Looks now and then whether clamd answers, and has it scan a file of the largest size that is let in whenever it has come up: one that clamd has no verdict on would be refused in front of every customer who
/// sends it, so a node whose probe was refused is not ready. clamd may come up long after this process.
/// </summary>
public sealed partial class ScannerWatch(Scanner scanner, long largestFile, TimeProvider time, ILogger<ScannerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan WhileWell = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(2);

    /// <summary>A probe of 2 GB holds clamd for a while.</summary>
    private static readonly TimeSpan WhileRefused = TimeSpan.FromSeconds(30);

    private volatile string? _refused;
    private bool _probed;

    /// <summary>What clamd cannot scan that is let in, and what to do; null: it can, or is not known to be unable to.</summary>
    public string? Refused => _refused;

    /// <summary>Why nothing is let in at the moment, or not everything; null: all is well.</summary>
    public string? Trouble => _refused ?? (scanner.Away is { } why ? $"The virus scanner cannot be reached: {why}" : null);

    private TimeSpan Every => scanner.Away is not null ? WhileAway : _probed ? WhileWell : _refused is null ? WhileAway : WhileRefused;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await scanner.LookAsync(cancellationToken) is null)
        {
            // It may come back with another configuration.
            _probed = false;
            _refused = null;
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
        var refused = report.Result == ScanResult.Inconclusive
            ? string.Create(CultureInfo.InvariantCulture, $"clamd has no verdict on a file of {largestFile} bytes, which is the largest let in ({report.Detail}): set StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf to more than that, and AlertExceedsMax to yes; if it only takes too long, raise Scanner:TimeoutSeconds.")
            : null;
        if (refused is null) LogPassed(logger, report.Engine, report.Database, largestFile);
        else if (_refused is null) LogRefused(logger, refused);
        _refused = refused;
        _probed = refused is null;
    }

    [LoggerMessage(EventId = 1904, Level = LogLevel.Information, Message = "The virus scanner answers: {Engine}, signatures {Database}; it scans files of {Bytes} bytes")]
    private static partial void LogPassed(ILogger logger, string? engine, string? database, long bytes);

    [LoggerMessage(EventId = 1905, Level = LogLevel.Error, Message = "This node is not ready: {Why}")]
    private static partial void LogRefused(ILogger logger, string why);
}
