namespace Gatehouse.Simulator;

/// <summary>The faults in force; replaced as a whole.</summary>
internal sealed class FaultBoard
{
    private volatile Page _page = new(Faults.None);

    public Faults Current
    {
        get => _page.Faults;
        set => Interlocked.Exchange(ref _page, new Page(value)).Replaced.SetResult();
    }

    /// <summary>Returns when replies are not held, or no longer.</summary>
    public async ValueTask RepliesGoAsync(CancellationToken cancellationToken)
    {
        while (_page is { Faults.HoldReplies: true } page)
            await page.Replaced.Task.WaitAsync(cancellationToken);
    }

    private sealed class Page(Faults faults)
    {
        public Faults Faults { get; } = faults;

        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
