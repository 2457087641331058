using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Scanning;

/// <summary>
/// Has files scanned. What does not answer is tried once more where an idle session may have been at fault; three times in a row without an answer open a circuit, behind which nobody waits any more until
/// <see cref="ScannerWatch"/> has had one.
/// </summary>
public sealed partial class Scanner : IDisposable
{
    /// <summary>One lost connection is none yet.</summary>
    private const int FailuresThatOpen = 3;

    private readonly ClamdPool _pool;
    private readonly ScannerOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<Scanner> _logger;
    private readonly TimeSpan _timeout;
    private int _failures;
    private volatile string? _away;

    public Scanner(ScannerOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<Scanner> logger)
    {
        (_options, _metrics, _time, _logger) = (options, metrics, time, logger);
        _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        _pool = new ClamdPool(options.Clamd!, options.MaxConnections, TimeSpan.FromSeconds(options.ConnectTimeoutSeconds), time);
        metrics.ScannerUp(true);
    }

    /// <summary>When to come again while it cannot be reached.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(10);

    /// <summary>It is known not to answer: nothing need be read that would have to be scanned.</summary>
    public bool IsOpen => Volatile.Read(ref _failures) >= FailuresThatOpen;

    /// <summary>Why the last try had no answer; null: it had one, or none was made.</summary>
    public string? Away => _away;

    /// <summary>Has a file scanned. However many others wait, it takes <c>Scanner:TimeoutSeconds</c> in all, and where it must be found out whether clamd answers others <c>Scanner:ConnectTimeoutSeconds</c> more.</summary>
    /// <param name="file">Read as it is sent; stays the caller's.</param>
    /// <exception cref="FileUnscannableException">This node cannot read the file.</exception>
    public async ValueTask<ScanReport> ScanAsync(FileBytes file, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var report = await AskAsync(file, cancellationToken);
        report = report with { Took = _time.GetElapsedTime(began) };
        _metrics.Scanned(report.Result.ToText(), report.Took);
        if (report.Result == ScanResult.Inconclusive) LogInconclusive(_logger, file.Length, report.Detail ?? "");
        return report;
    }

    /// <summary>Whether it answers, by a connection of its own.</summary>
    /// <returns>Its version; null: it does not.</returns>
    public async ValueTask<string?> LookAsync(CancellationToken cancellationToken)
    {
        _pool.Close(all: false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ConnectTimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var session = await _pool.OpenAsync(either.Token);
            var version = await session.VersionAsync(either.Token);
            Answered();
            return version;
        }
        catch (IOException e)
        {
            Failed(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failed($"clamd does not answer within {_options.ConnectTimeoutSeconds} s.");
        }
        return null;
    }

    public void Dispose() => _pool.Dispose();

    private async ValueTask<ScanReport> AskAsync(FileBytes file, CancellationToken cancellationToken)
    {
        if (IsOpen) return new ScanReport(ScanResult.Unreachable, Detail: _away);
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var began = _time.GetTimestamp();
        try
        {
            await _pool.EnterAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ScanReport(ScanResult.Unreachable, Detail: $"No connection became free within {_options.TimeoutSeconds} s.");
        }
        var waited = _time.GetElapsedTime(began);
        try
        {
            var report = await TryAsync(file, _pool.TryTake(), either.Token) ?? await TryAsync(file, idle: null, either.Token);
            Answered();
            return report!;
        }
        catch (IOException e)
        {
            Failed(e.Message);
            return new ScanReport(ScanResult.Unreachable, Detail: e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Others took most of its time.
            if (waited > _timeout / 2) return new ScanReport(ScanResult.Unreachable, Detail: string.Create(CultureInfo.InvariantCulture, $"No verdict within {_options.TimeoutSeconds} s, of which {waited.TotalSeconds:0} s passed before a connection was free."));
            // A file that takes too long is the file's affair as long as clamd answers others.
            var version = await LookAsync(cancellationToken);
            return version is null
                ? new ScanReport(ScanResult.Unreachable, Detail: _away)
                : new ScanReport(ScanResult.Inconclusive, Detail: $"No verdict within {_options.TimeoutSeconds} s.") { TookTooLong = true }.By(version);
        }
        finally
        {
            _pool.Leave();
        }
    }

    /// <summary>Null: a session that was idle had been ended.</summary>
    private async ValueTask<ScanReport?> TryAsync(FileBytes file, ClamdSession? idle, CancellationToken cancellationToken)
    {
        var session = idle ?? await _pool.OpenAsync(cancellationToken);
        try
        {
            var report = await session.ScanAsync(file, cancellationToken);
            _pool.Return(session);
            return report;
        }
        catch (IOException) when (idle is not null)
        {
            session.Dispose();
            _pool.Close(all: true);
            return null;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Answered()
    {
        if (Interlocked.Exchange(ref _failures, 0) >= FailuresThatOpen) LogBack(_logger);
        _away = null;
        _metrics.ScannerUp(true);
    }

    private void Failed(string why)
    {
        _away = why;
        _metrics.ScannerUp(false);
        if (Interlocked.Increment(ref _failures) == FailuresThatOpen) LogAway(_logger, why);
    }

    [LoggerMessage(EventId = 1901, Level = LogLevel.Error, Message = "The virus scanner cannot be reached, so nothing is let in: {Why}")]
    private static partial void LogAway(ILogger logger, string why);

    [LoggerMessage(EventId = 1902, Level = LogLevel.Information, Message = "The virus scanner answers again")]
    private static partial void LogBack(ILogger logger);

    [LoggerMessage(EventId = 1903, Level = LogLevel.Warning, Message = "The virus scanner has no verdict on a file of {Size} bytes: {Why}")]
    private static partial void LogInconclusive(ILogger logger, long size, string why);
}
