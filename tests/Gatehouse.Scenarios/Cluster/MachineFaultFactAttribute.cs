using Gatehouse.Scenarios.Cluster.Running;
using Gatehouse.Testing.Postgres;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>A run in which nodes' disks are filled and their clocks are set; skipped, and counted as skipped, where neither can be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MachineFaultFactAttribute : FactAttribute
{
    public MachineFaultFactAttribute() => Skip = SmallDisk.Missing ?? NodeClock.Missing ?? PostgresPrograms.Missing;
}
