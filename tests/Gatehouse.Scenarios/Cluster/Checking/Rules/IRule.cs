namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>One promise, and how to see that it was broken.</summary>
internal interface IRule
{
    IEnumerable<Violation> Check(Evidence evidence);
}
