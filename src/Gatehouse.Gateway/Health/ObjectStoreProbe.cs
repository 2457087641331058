using Gatehouse.Actors;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Gateway.Health;

/// <summary>
/// Tries whether a blob store behind a network answers, by asking for a blob that is not there. At most once in ten seconds, whoever asks for readiness how often. The log has a line when it changes.
/// </summary>
/// <param name="store">Null: files stand on this machine or in the state's database, which are tried by other checks.</param>
public sealed partial class ObjectStoreProbe(IBlobStore? store, TimeProvider time, ILogger<ObjectStoreProbe> logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>A probe of an orchestrator waits a second or a few.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private long? _triedAt;
    private string? _trouble;

    public bool IsUsed => store is not null;

    /// <summary>Null when it answers, else one sentence.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (store is null) return null;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_triedAt is { } at && time.GetElapsedTime(at) < Fresh) return _trouble;
            var (trouble, why) = await TryAsync(store, cancellationToken);
            if (trouble is not null && !string.Equals(trouble, _trouble, StringComparison.Ordinal)) LogTrouble(logger, trouble, why);
            if (trouble is null && _trouble is not null) LogBack(logger);
            _trouble = trouble;
            _triedAt = time.GetTimestamp();
            return _trouble;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>For readiness, which anybody may read, and for the log, which may name hosts.</summary>
    private async ValueTask<(string? Trouble, string Why)> TryAsync(IBlobStore remote, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            (await remote.OpenAsync(default, either.Token))?.Dispose();
            return (null, "");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            var what = e is StoreUnavailableException { Answered: { } answered } ? $"answers {answered}" : "does not answer";
            return ($"The object store of Blobs:Store {what}: files above 256 KB are refused with 503, smaller ones are taken.", e is OperationCanceledException ? $"nothing within {Patience.TotalSeconds} s" : e.Message);
        }
    }

    [LoggerMessage(EventId = 1911, Level = LogLevel.Error, Message = "{Trouble} ({Why})")]
    private static partial void LogTrouble(ILogger logger, string trouble, string why);

    [LoggerMessage(EventId = 1912, Level = LogLevel.Information, Message = "The object store of Blobs:Store answers again")]
    private static partial void LogBack(ILogger logger);
}
