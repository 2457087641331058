namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>A node took up the head of a contact's line.</summary>
internal sealed record Claim(string Contact, TimeSpan At);
