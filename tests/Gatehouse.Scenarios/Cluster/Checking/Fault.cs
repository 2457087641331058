namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>Something that was done to the deployment. <paramref name="Node"/> is null where it struck them all.</summary>
/// <param name="Until">When it was over: the node was ready again, the database answered again.</param>
internal sealed record Fault(FaultKind Kind, int? Node, TimeSpan From, TimeSpan Until);

public enum FaultKind
{
    /// <summary>SIGKILL, and started again.</summary>
    Killed,

    /// <summary>SIGTERM, and started again.</summary>
    Terminated,

    /// <summary>SIGSTOP, and later SIGCONT.</summary>
    Stopped,

    /// <summary>The database server stopped at once, as in a crash, and started again.</summary>
    DatabaseCrashed,

    /// <summary>The database server stopped in an orderly way, its connections cut, and started again.</summary>
    DatabaseRestarted,

    /// <summary>Every connection to the database was cut once; new ones were let in.</summary>
    DatabaseConnectionsCut,

    /// <summary>The node's connections to the database were cut, and none was let in for a while.</summary>
    DatabaseOutOfReach,

    /// <summary>The node's clients were cut off, and let in again.</summary>
    ClientsCut,

    /// <summary>No space was left where the node spools what it receives.</summary>
    DiskFull,

    /// <summary>The node's wall clock was set forward or back, and later right again.</summary>
    ClockJumped,
}
