namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>
/// An upload arrives again only after an attempt whose outcome its sender could not record: its reply was lost, or a fault struck the sender between arrival and record.
/// </summary>
internal sealed class RepeatsAreExcused : IRule
{
    public IEnumerable<Violation> Check(Evidence evidence)
    {
        var excuses = evidence.History.Faults.Select(fault => new Excuse(fault, evidence.History.Bounds.Lease)).ToList();
        return from repeat in evidence.Contacts.SelectMany(contact => Repeat.Of(evidence, contact))
               where !repeat.FollowsALostReply && !excuses.Exists(excuse => excuse.TryTake(repeat))
               select new Violation("repeated without an excuse", repeat.ToString());
    }
}
