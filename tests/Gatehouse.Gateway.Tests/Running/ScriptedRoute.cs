using Gatehouse.Actors;
using Gatehouse.Genesys;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Running;

/// <summary>A route whose answers the test gives, per upload and attempt. Remembers what it was asked to send.</summary>
internal sealed class ScriptedRoute(string name = ScriptedRoute.RouteName) : IDeliveryRoute
{
    public const string RouteName = "scripted";

    private readonly Lock _sync = new();
    private readonly List<UploadRow> _asked = [];

    public string Name => name;

    public long MaxFileBytes { get; init; } = long.MaxValue;

    public IReadOnlyList<RouteField> Needs { get; init; } = [];

    public bool CallsApi { get; init; } = true;

    public Func<UploadRow, CancellationToken, Task<RouteOutcome>> Answer { get; set; } = static (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Sent(null));

    /// <summary>The contacts of the attempts, in their order.</summary>
    public IReadOnlyList<UploadRow> Asked
    {
        get
        {
            lock (_sync) return [.. _asked];
        }
    }

    public int AttemptsOf(string sha256) => Asked.Count(row => string.Equals(row.Sha256, sha256, StringComparison.Ordinal));

    public async ValueTask<RouteOutcome> SendAsync(UploadRow upload, FileBytes bytes, Permit permit, CancellationToken cancellationToken)
    {
        lock (_sync) _asked.Add(upload);
        return await Answer(upload, cancellationToken);
    }
}
