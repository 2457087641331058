using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Inspection;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// Step 3: the multipart body streams in, strictly parsed, under the size limit and the minimum data rate. Size and SHA-256 are taken and the inspection is fed as the bytes pass; a type that cannot be
/// allowed ends it before the rest is read.
/// </summary>
public sealed class Receive(Knock knock, RouteChoice routes, Spool spool, Inspector inspector, GatehouseOptions options, TimeProvider time) : IUploadStep
{
    private readonly FormLimits _limits = new() { MaxFileBytes = options.MostFileBytes };

    public async ValueTask<Answer?> RunAsync(UploadInProgress upload, CancellationToken cancellationToken)
    {
        using var sink = new UploadSink(upload, knock, routes, spool, inspector, time);
        if (await FormBody.ReadAsync(upload.Http, _limits, sink, cancellationToken) is { } problem) return problem;

        if (upload.Contact.Require().Failed(out var nobody, out _)) return nobody;
        if (routes.Whole(upload) is { } cannot) return cannot;
        // The field may have followed the file.
        return Answer.Of(await knock.FromBodyAsync(upload, cancellationToken));
    }
}
