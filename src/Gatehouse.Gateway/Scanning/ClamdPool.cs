using System.Net;

namespace Gatehouse.Gateway.Scanning;

/// <summary>As many scans at once as clamd has threads for, over sessions that are kept for the next.</summary>
/// <param name="size">Scans at once.</param>
internal sealed class ClamdPool(EndPoint clamd, int size, TimeSpan connectTimeout, TimeProvider time) : IDisposable
{
    /// <summary>clamd ends a session after 30 s without a command (<c>CommandReadTimeout</c>); long before that nobody counts on it any more.</summary>
    private static readonly TimeSpan KeptIdle = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(size, size);
    private readonly Stack<(ClamdSession Session, long Since)> _idle = new();
    private bool _disposed;

    /// <summary>Waits for a place.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void Leave() => _free.Release();

    /// <summary>An idle session, or null.</summary>
    public ClamdSession? TryTake()
    {
        while (true)
        {
            ClamdSession session;
            long since;
            lock (_idle)
            {
                if (_idle.Count == 0) return null;
                (session, since) = _idle.Pop();
            }
            if (time.GetElapsedTime(since) < KeptIdle && session.IsUsable) return session;
            session.Dispose();
        }
    }

    /// <exception cref="IOException">It cannot be reached.</exception>
    public async ValueTask<ClamdSession> OpenAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(connectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ClamdSession.OpenAsync(clamd, either.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"clamd takes no connection within {connectTimeout.TotalSeconds} s.", late);
        }
    }

    public void Return(ClamdSession session)
    {
        lock (_idle)
        {
            if (!_disposed && session.IsUsable)
            {
                _idle.Push((session, time.GetTimestamp()));
                return;
            }
        }
        session.Dispose();
    }

    /// <summary>Closes what is idle: clamd began anew, or nobody has come for it.</summary>
    /// <param name="all">Else those only that are too old.</param>
    public void Close(bool all)
    {
        lock (_idle)
        {
            var kept = all ? [] : _idle.Where(idle => time.GetElapsedTime(idle.Since) < KeptIdle).Reverse().ToList();
            foreach (var (session, _) in _idle.Except(kept)) session.Dispose();
            _idle.Clear();
            foreach (var idle in kept) _idle.Push(idle);
        }
    }

    public void Dispose()
    {
        lock (_idle) _disposed = true;
        Close(all: true);
        _free.Dispose();
    }
}
