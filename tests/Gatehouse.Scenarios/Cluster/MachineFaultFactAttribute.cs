using Gatehouse.Scenarios.Cluster.Running;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>A run in which a node's disk is filled and its clock is set; skipped, and counted as skipped, where either cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MachineFaultFactAttribute : FactAttribute
{
    public MachineFaultFactAttribute() => Skip = SmallDisk.Missing ?? NodeClock.Missing;
}
