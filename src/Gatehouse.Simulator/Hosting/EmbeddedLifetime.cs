namespace Gatehouse.Simulator;

/// <summary>Leaves the process' signals to the host that embeds the simulator, which must go on answering while that host drains.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
