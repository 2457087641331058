using Gatehouse.Actors;
using Gatehouse.Gateway.Audit;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Genesys;

namespace Gatehouse.Gateway.Health;

/// <summary>Whether this node can accept uploads safely, and what else is wrong. Only what would lose uploads, or refuse them on this node alone, makes it not ready; Genesys, and what all nodes share beside the state, do not.</summary>
public sealed class Readiness(
    IUploadRows rows, StoredBytesGuard stored, SpoolProbe spool, ObjectStoreProbe objects, Routes routes, ITokenGate gate, AuditLog? audit = null, ScannerWatch? scanner = null)
{
    private volatile bool _draining;

    /// <summary>The node stops: it accepts nothing more.</summary>
    public void Drain() => _draining = true;

    public bool IsDraining => _draining;

    public async ValueTask<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = new List<ReadinessCheck>
        {
            new("draining", _draining ? "The node is shutting down." : null, Fatal: true),
            new("store", await StoreAsync(cancellationToken), Fatal: true),
            new("spool", spool.Check(), Fatal: true),
            new("blobs", stored.IsFull ? "Stored bytes are at Limits:MaxStoredBytes." : null, Fatal: true),
            new("genesys", gate.PausedUntil is null ? null : "Genesys Cloud has asked for a pause in calls: uploads are taken and wait.", Fatal: false),
            new("credentials", gate.Trouble, Fatal: false),
        };
        // Without it nothing is let in, as nothing is on other nodes with the same scanner; one that refuses what this node lets in is this node's own trouble.
        if (scanner is not null) checks.Add(new("scanner", scanner.Trouble, Fatal: scanner.Refused is not null));
        if (audit is not null) checks.Add(new("audit", audit.Trouble, Fatal: false));
        if (objects.IsUsed) checks.Add(new("object-store", await objects.CheckAsync(cancellationToken), Fatal: false));
        foreach (var route in routes.All) checks.Add(new($"route:{route.Route.Name}", route.Health.Trouble, Fatal: false));
        return new ReadinessReport(checks);
    }

    private async ValueTask<string?> StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rows.FindAsync(default, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            return "The state store does not answer.";
        }
    }
}

/// <param name="Trouble">Null: fine.</param>
/// <param name="Fatal">While in trouble, the node is not ready.</param>
public sealed record ReadinessCheck(string Name, string? Trouble, bool Fatal);

public sealed record ReadinessReport(IReadOnlyList<ReadinessCheck> Checks)
{
    public bool IsReady => !Checks.Any(c => c is { Fatal: true, Trouble: not null });

    /// <summary><c>ready</c>, <c>degraded</c> (ready, with trouble elsewhere) or <c>not-ready</c>.</summary>
    public string Status => !IsReady ? "not-ready" : Checks.Any(c => c.Trouble is not null) ? "degraded" : "ready";
}
