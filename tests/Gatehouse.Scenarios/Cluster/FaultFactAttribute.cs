using Gatehouse.Scenarios.Cluster.Running;
using Gatehouse.Testing.Postgres;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>A failure run; skipped, and counted as skipped, where what it needs cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultFactAttribute : FactAttribute
{
    /// <param name="smallDisk">A node's disk is filled.</param>
    /// <param name="nodeClock">A node's clock is set.</param>
    public FaultFactAttribute(bool postgres = false, bool smallDisk = false, bool nodeClock = false) =>
        Skip = (postgres ? PostgresPrograms.Missing : null) ?? (smallDisk ? SmallDisk.Missing : null) ?? (nodeClock ? NodeClock.Missing : null);
}
