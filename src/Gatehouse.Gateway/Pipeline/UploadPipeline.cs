using System.Diagnostics;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// An upload's way through the gateway. The order is a security property: nobody's body is read before it is known who sends it and for whom, nothing is kept before it
/// was inspected, and nothing is answered as accepted before it is durable. The first step that has an answer ends it.
/// </summary>
public sealed class UploadPipeline(Authenticate authenticate, Knock knock, Receive receive, Inspect inspect, Admit admit, Deliver deliver, Complete complete)
{
    private readonly (Step Step, IUploadStep Run)[] _steps =
    [
        (Step.Authenticate, authenticate),
        (Step.Knock, knock),
        (Step.Receive, receive),
        (Step.Inspect, inspect),
        (Step.Admit, admit),
        (Step.Deliver, deliver),
        (Step.Complete, complete),
    ];

    public async ValueTask<Answer> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        foreach (var (step, run) in _steps)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await run.RunAsync(upload, cancellationToken);
            upload.Clock.Add(step, began);
            if (answer is not null) return answer;
        }
        throw new UnreachableException("The last step always answers.");
    }
}

/// <summary>One step. Null: go on with the next.</summary>
public interface IUploadStep
{
    ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken);
}
