namespace Gatehouse.Simulator;

/// <summary>
/// Fetches the files that messages point at. A fetch begins when its message is recorded and does not wait for its call's answer, nor that for it: a sender must keep a file where it is for longer than the call
/// takes. What came is noted in the receipt.
/// </summary>
internal sealed class Downloads(ReceivedLog received, ImageShelf images, FaultBoard board, TimeProvider time) : IDisposable
{
    private const int MostAtOnce = 16;
    private const int MostWaiting = 10_000;

    private readonly Lock _turn = new();
    private readonly HashSet<Task> _running = [];
    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http = Download.Client();

    public void Begin(long number, OpenAttachment attachment)
    {
        lock (_turn)
        {
            if (_running.Count >= MostWaiting)
            {
                received.Change(number, receipt => receipt with { Attachment = Receipt.Failed, Problem = "Too many downloads are waiting." });
                return;
            }

            var fetch = Task.Run(() => FetchAsync(number, attachment));
            _running.Add(fetch);
            _ = fetch.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Done when every download that has begun by now has come to its end.</summary>
    public Task SettledAsync(CancellationToken cancellationToken)
    {
        lock (_turn)
            return Task.WhenAll(_running).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _http.Dispose();
    }

    private async Task FetchAsync(long number, OpenAttachment attachment)
    {
        var faults = board.Current;
        try
        {
            if (faults.FetchDelayMs is > 0 and var delay)
                await Task.Delay(TimeSpan.FromMilliseconds(delay), time, _stopping.Token);
            await _places.WaitAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            var outcome = await new Download(_http, images, time).RunAsync(attachment, _stopping.Token);
            if (!received.Change(number, outcome.Onto))
                outcome.Bytes?.Image?.Discard();
        }
        finally
        {
            _places.Release();
        }
    }

    private void Forget(Task fetch)
    {
        lock (_turn)
            _running.Remove(fetch);
    }
}
