namespace Gatehouse.Scenarios.Cluster.Checking;

/// <summary>A promise that was broken.</summary>
/// <param name="Rule">Which one, in a few words; the same for every case of it.</param>
/// <param name="What">This case, with the ids needed to follow it.</param>
internal sealed record Violation(string Rule, string What)
{
    public override string ToString() => $"{Rule}: {What}";
}
