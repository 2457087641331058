namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>One call that did its work at Genesys' stand-in.</summary>
/// <param name="ReplyLost">Its reply was swallowed by a fault that the run asked for.</param>
internal sealed record Arrival(string Contact, string MessageId, string Filename, long Size, string Sha256, bool ReplyLost, TimeSpan At);
