using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;
using Gatehouse.Inspection;
using Gatehouse.Storage.Spooling;

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
        var request = upload.Http.Request;
        using var sink = new UploadSink(upload, knock, spool, inspector, options.Limits.MaxFileBytes);
        try
        {
            if (await FormReader.ReadAsync(request.BodyReader, request, _limits, sink, cancellationToken) is { } problem) return problem;
        }
        catch (SpoolFullException)
        {
            return new Problem(ProblemCodes.Busy) { Detail = "The gateway's disk is full.", RetryAfter = TimeSpan.FromSeconds(30) };
        }
        if (sink.Finish() is { } incomplete) return incomplete;

        if (upload.Fields.Check(routes.Default.Route.Name, name => routes.Find(name) is not null, out var route) is { } badField) return badField;
        upload.Route = routes.Find(route!)!;
        return await knock.AtDoorAsync(upload, cancellationToken) is { } refused ? refused : null;
    }
}
