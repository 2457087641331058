using Gatehouse.Actors;

namespace Gatehouse.Gateway.Health;

/// <summary>
/// Tries whether a blob store behind a network answers, by asking for a blob that is not there. At most once in ten seconds, whoever asks for readiness how often.
/// </summary>
/// <param name="store">Null: files stand on this machine or in the state's database, which are tried by other checks.</param>
public sealed class ObjectStoreProbe(IBlobStore? store, TimeProvider time) : IDisposable
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
            _trouble = await TryAsync(store, cancellationToken);
            _triedAt = time.GetTimestamp();
            return _trouble;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<string?> TryAsync(IBlobStore remote, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            (await remote.OpenAsync(default, either.Token))?.Dispose();
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            return "The object store of Blobs:Store does not answer: files above 256 KB are refused with 503, smaller ones are taken.";
        }
    }
}
