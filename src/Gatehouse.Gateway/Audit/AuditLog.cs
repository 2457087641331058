using System.Buffers;
using System.Threading.Channels;
using Gatehouse.Gateway.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Audit;

/// <summary>
/// Takes records from the requests and writes them, one by one, beside them: a request never waits for the disk. While the disk takes nothing records wait, up to a bound; beyond it they are lost, which is
/// counted, logged, told by readiness, and written as a line of its own when the disk takes lines again. A stop ends when all are written, or the disk has had its time.
/// </summary>
public sealed partial class AuditLog(AuditFiles files, AuditLine line, int retentionDays, GatewayMetrics metrics, TimeProvider time, ILogger<AuditLog> logger, int room = AuditLog.Room) : IHostedService, IAsyncDisposable
{
    /// <summary>Records that wait: some 10 MB, and several seconds of the fastest node that was measured.</summary>
    public const int Room = 10_000;

    /// <summary>A power failure costs what is younger. Each flush makes the disk's other writers, the state's commits among them, wait their turn.</summary>
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan ToldEvery = TimeSpan.FromMinutes(1);

    /// <summary>What a stop grants a disk that takes nothing.</summary>
    private static readonly TimeSpan LastTry = TimeSpan.FromSeconds(3);

    /// <summary>Readiness is anybody's to read: what the system says has paths in it.</summary>
    private const string CannotWrite = "The audit cannot be written; the log says why.";

    private readonly Channel<AuditRecord> _waiting = Channel.CreateBounded<AuditRecord>(new BoundedChannelOptions(room) { SingleReader = true });
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private Task _running = Task.CompletedTask;
    private long _lost;
    private long _sweptAt;
    private long _toldAt;
    private volatile string? _trouble;

    /// <summary>Null: records are being written.</summary>
    public string? Trouble => _trouble;

    /// <summary>Never waits. A record for which there is no room is lost, and counted.</summary>
    public void Add(AuditRecord record)
    {
        if (_waiting.Writer.TryWrite(record)) return;
        Interlocked.Increment(ref _lost);
        metrics.AuditLost(1);
        Tell(static (log, told) => LogLost(log, told), _trouble ?? "the disk is slower than the records come.");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Sweep();
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_waiting.Writer.TryComplete()) return;
        _giveUp.CancelAfter(LastTry);
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _giveUp.Dispose();
    }

    private async Task RunAsync()
    {
        long? unflushedSince = null;
        while (await MoreAsync(unflushedSince) is var more and not More.None)
        {
            if (more == More.Records)
            {
                while (_waiting.Reader.TryRead(out var record))
                {
                    if (!await WriteAsync(record)) return;
                    unflushedSince ??= time.GetTimestamp();
                }
            }
            else
            {
                unflushedSince = Flush() ? null : time.GetTimestamp();
            }
            if (time.GetElapsedTime(_sweptAt) >= SweepEvery) Sweep();
        }
        await WriteGapAsync();
        Flush();
    }

    private async ValueTask<More> MoreAsync(long? unflushedSince)
    {
        var left = unflushedSince is { } since ? FlushEvery - time.GetElapsedTime(since) : SweepEvery - time.GetElapsedTime(_sweptAt);
        if (left <= TimeSpan.Zero) return More.Due;
        using var due = new CancellationTokenSource(left, time);
        try
        {
            return await _waiting.Reader.WaitToReadAsync(due.Token) ? More.Records : More.None;
        }
        catch (OperationCanceledException)
        {
            return More.Due;
        }
    }

    /// <summary>False: given up, and what is left is lost.</summary>
    private async Task<bool> WriteAsync(AuditRecord record)
    {
        if (await WriteGapAsync() && await AppendAsync(record.At, () => line.Write(_buffer, record)))
        {
            metrics.AuditWritten();
            return true;
        }
        var left = 1L;
        while (_waiting.Reader.TryRead(out _)) left++;
        metrics.AuditLost(left);
        LogGivenUp(logger, left + Interlocked.Read(ref _lost), _trouble ?? "");
        return false;
    }

    private async Task<bool> WriteGapAsync()
    {
        if (Interlocked.Exchange(ref _lost, 0) is not (> 0 and var lost)) return true;
        var at = time.GetUtcNow();
        if (await AppendAsync(at, () => AuditLine.WriteGap(_buffer, at, lost))) return true;
        Interlocked.Add(ref _lost, lost);
        return false;
    }

    private async Task<bool> AppendAsync(DateTimeOffset at, Action write)
    {
        _buffer.ResetWrittenCount();
        write();
        while (true)
        {
            try
            {
                files.Append(at, _buffer.WrittenSpan);
                WritesAgain();
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _trouble = CannotWrite;
                Tell(static (log, told) => LogCannotWrite(log, told), e.Message);
            }
            try
            {
                await Task.Delay(RetryEvery, time, _giveUp.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private bool Flush()
    {
        try
        {
            files.Flush();
            WritesAgain();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _trouble = CannotWrite;
            Tell(static (log, told) => LogCannotWrite(log, told), e.Message);
            return false;
        }
    }

    private void WritesAgain()
    {
        if (_trouble is not null) LogWritesAgain(logger);
        _trouble = null;
    }

    private void Sweep()
    {
        _sweptAt = time.GetTimestamp();
        try
        {
            files.DeleteBefore(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-retentionDays));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(logger, e.Message);
        }
    }

    private void Tell(Action<ILogger, string> log, string told)
    {
        var last = Interlocked.Read(ref _toldAt);
        if (last != 0 && time.GetElapsedTime(last) < ToldEvery) return;
        if (Interlocked.CompareExchange(ref _toldAt, time.GetTimestamp(), last) == last) log(logger, told);
    }

    private enum More
    {
        /// <summary>It stops.</summary>
        None,
        Records,

        /// <summary>A flush, or a look for files that are too old.</summary>
        Due,
    }

    [LoggerMessage(EventId = 1801, Level = LogLevel.Error, Message = "The audit cannot be written: {Why}. Records wait, and are lost when too many do")]
    private static partial void LogCannotWrite(ILogger logger, string why);

    [LoggerMessage(EventId = 1802, Level = LogLevel.Error, Message = "The audit loses records, as too many wait: {Why}")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(EventId = 1803, Level = LogLevel.Warning, Message = "The audit is being written again")]
    private static partial void LogWritesAgain(ILogger logger);

    [LoggerMessage(EventId = 1804, Level = LogLevel.Critical, Message = "The audit lost {Records} records with this stop: {Why}")]
    private static partial void LogGivenUp(ILogger logger, long records, string why);

    [LoggerMessage(EventId = 1805, Level = LogLevel.Warning, Message = "Files of the audit that are too old could not be deleted: {Why}")]
    private static partial void LogNotDeleted(ILogger logger, string why);
}
