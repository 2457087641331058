using Gatehouse.Gateway.Callers;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Step 1: who calls, and may they upload? Before anything else of the request is looked at.</summary>
public sealed class Authenticate(ApiKeys keys) : IUploadStep
{
    public ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        var (caller, problem) = keys.Authenticate(upload.Http, Scopes.Upload);
        upload.Caller = caller;
        return ValueTask.FromResult<Answer?>(problem is null ? null : problem);
    }
}
