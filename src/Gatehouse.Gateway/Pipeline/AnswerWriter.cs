using System.Buffers;
using System.Text;
using Gatehouse.Actors;
using Gatehouse.Gateway.Configuration;
using Gatehouse.Gateway.Envelopes;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>Puts an answer on the wire.</summary>
public sealed class AnswerWriter(GatehouseOptions options, TimeProvider time)
{
    private readonly DrainLimits _drain = new() { MaxBytes = options.Limits.DrainBytes };

    public async Task WriteAsync(UploadInProgress upload, Answer answer, CancellationToken cancellationToken)
    {
        var http = upload.Http;
        switch (answer)
        {
            case Answer.Refused refused:
                await Refusal.SendAsync(http, refused.Problem, _drain, time, cancellationToken);
                break;
            case Answer.RefusedByDelivery refused:
                http.Response.Headers.Location = LocationOf(refused.Ended);
                TellPreference(upload);
                await SendAsync(http, refused.Problem.Status, ProblemJson.MediaType, Encoding.UTF8.GetBytes(refused.Problem.Json), cancellationToken);
                break;
            case Answer.Shown shown:
                TellPreference(upload);
                if (shown.Standing == Standing.Replayed) http.Response.Headers["Idempotency-Replayed"] = "true";
                http.Response.Headers.Location = LocationOf(shown.Row.Id);
                var body = new ArrayBufferWriter<byte>(1024);
                Envelope.Write(body, shown.Row, duplicate: shown.Standing == Standing.Duplicate);
                await SendAsync(http, shown.Row.Status == UploadStatus.Delivered ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, "application/json", body.WrittenMemory, cancellationToken);
                break;
        }
    }

    public static string LocationOf(UploadId id) => $"/v1/uploads/{id}";

    /// <summary>A repeat is answered at once, whatever it prefers.</summary>
    private static void TellPreference(UploadInProgress upload)
    {
        if (upload.Standing != Standing.Replayed && upload.Prefer.Applied is { } applied) upload.Http.Response.Headers["Preference-Applied"] = applied;
    }

    private static async ValueTask SendAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(body, cancellationToken);
    }
}
