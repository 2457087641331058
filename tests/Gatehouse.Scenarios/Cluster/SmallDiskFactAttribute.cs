using Gatehouse.Scenarios.Cluster.Running;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>A run in which a node's disk is filled; skipped, and counted as skipped, where it cannot have a disk of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Missing;
}
