using Gatehouse.Actors;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>What an upload request is answered.</summary>
public abstract record Answer
{
    /// <summary>A refusal of what was never admitted.</summary>
    public sealed record Refused(Problem Problem) : Answer;

    /// <summary>A refusal that a delivery ended with, as it was stored.</summary>
    public sealed record RefusedByDelivery(StoredProblem Problem, UploadId Ended) : Answer;

    /// <summary>An upload in its present state: 200 when delivered, else 202.</summary>
    public sealed record Shown(UploadRow Row, Standing Standing) : Answer;

    /// <summary>Null stays null: nothing is wrong, go on.</summary>
    public static Answer? Of(Problem? problem) => problem is null ? null : new Refused(problem);

    public static implicit operator Answer(Problem problem) => new Refused(problem);
}

/// <summary>How a request stands to the upload that it is answered with.</summary>
public enum Standing
{
    /// <summary>It is the upload's own.</summary>
    First,

    /// <summary>The same bytes were sent before.</summary>
    Duplicate,

    /// <summary>The same idempotency key was used before.</summary>
    Replayed,
}
