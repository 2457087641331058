namespace Gatehouse.Scenarios.Cluster.Checking.Rules;

/// <summary>A good file is taken, or sent back with a reason that passes and a time to come again: never a 500, never a refusal of the file.</summary>
internal sealed class AnswersAreProper : IRule
{
    public IEnumerable<Violation> Check(Evidence evidence) =>
        from sending in evidence.History.Sendings
        where sending.Reply is not null
        let why = Why(sending.Reply!)
        where why is not null
        select new Violation("improper answer", $"{sending.File.Key} of {sending.File.Contact} at {sending.EndedAt.TotalSeconds:F3} s from node {sending.Node}: {why}");

    private static string? Why(Reply reply) => reply switch
    {
        { Status: 200 or 202, UploadId: null } => $"{reply.Status} without an upload",
        { Status: 200 or 202 } => null,
        { Status: 409, Code: "in-progress" } => null,
        { Status: 429 or 503, HasRetryAfter: false } => $"{reply.Status} {reply.Code} without Retry-After",
        { Status: 429 or 503 } => null,
        _ => $"{reply.Status} {reply.Code}",
    };
}
