using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 3: the multipart body streams in, strictly parsed, under the size limit and the minimum data rate. Size and SHA-256 are taken and the inspection is fed as the bytes pass; a type that cannot be
/// allowed ends it before the rest is read.
/// </summary>
public sealed class Receive(Knock knock, Spool spool, Inspector inspector, Routes routes, GatehouseOptions options) : IUploadStep
{
    private readonly FormLimits _limits = new() { MaxFileBytes = options.Limits.MaxFileBytes };

    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        using var sink = new UploadSink(upload, knock, spool, inspector);
        if (await FormBody.ReadAsync(upload.Http, _limits, sink, cancellationToken) is { } problem) return problem;

        if (upload.Contact.Require().Failed(out var nobody, out _)) return nobody;
        var route = upload.Fields.Route is { } name ? routes.Find(name) : routes.Default;
        if (route is null) return Problem.Malformed($"The field {FormFields.Route} names no route of this gateway; GET /v1/policy lists them.", FormFields.Route);
        upload.Route = route;
        // The field may have followed the file.
        return Answer.Of(await knock.FromBodyAsync(upload, cancellationToken));
    }
}
