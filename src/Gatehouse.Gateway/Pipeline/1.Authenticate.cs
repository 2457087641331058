using Gatehouse.Gateway.Callers;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Step 1: who calls, and may they upload? Before anything else of the request is looked at.</summary>
public sealed class Authenticate(ApiKeys keys) : IUploadStep
{
    public ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken) => ValueTask.FromResult(Check(upload));

    private Answer? Check(UploadInProgress upload)
    {
        if (keys.Authenticate(upload.Http).Failed(out var unknown, out var caller)) return unknown;
        upload.Caller = caller;
        return Answer.Of(caller.Require(CallerScopes.Upload));
    }
}
