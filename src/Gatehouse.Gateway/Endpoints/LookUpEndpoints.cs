using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Envelopes;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Http;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary><c>GET /v1/uploads/{id}</c> and <c>GET /v1/contacts/{id}/uploads</c>, for callers with the scope <c>read</c>.</summary>
public sealed class LookUpEndpoints(ApiKeys keys, UploadLookUp uploads, IUploadRows rows, IActors<ContactCommand, ContactReply> contacts)
{
    /// <summary>Uploads a page of a list has unless <c>limit</c> asks for fewer, and at most.</summary>
    private const int PageSize = 50;

    private const string After = "after";

    public async Task UploadAsync(HttpContext http, string id)
    {
        if ((await uploads.FindAsync(http, id)).Failed(out var problem, out var row))
        {
            await ProblemResponse.WriteAsync(http, problem, http.RequestAborted);
            return;
        }
        var body = new ArrayBufferWriter<byte>(1024);
        Envelope.Write(body, row, duplicate: false);
        await JsonResponse.WriteAsync(http, body.WrittenMemory);
    }

    public async Task ContactAsync(HttpContext http)
    {
        if (ContactSegment.Of(http) is not { } segment)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (keys.Refuse(http, CallerScopes.Read) is { } refused)
        {
            await ProblemResponse.WriteAsync(http, refused, http.RequestAborted);
            return;
        }
        if (ContactId.Parse(segment)?.Value is not { } contact)
        {
            await ProblemResponse.WriteAsync(http, new Problem(ProblemCodes.ContactIdInvalid) { Field = "id" }, http.RequestAborted);
            return;
        }
        if ((await AfterAsync(http, contact)).Failed(out var problem, out var after))
        {
            await ProblemResponse.WriteAsync(http, problem, http.RequestAborted);
            return;
        }
        var limit = int.TryParse(http.Request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, PageSize) : PageSize;
        var page = await rows.ListAsync(contact, after, limit + 1, http.RequestAborted);
        var state = (ContactReply.Description)await contacts.AskAsync(contact, new Describe(), cancellationToken: http.RequestAborted);

        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, ReadableJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var row in page.Take(limit)) Envelope.WriteUpload(json, row, duplicate: false);
            json.WriteEndArray();
            json.WriteString("next", page.Count > limit ? page[limit - 1].Id.ToString() : null);
            json.WriteStartObject("quota");
            foreach (var use in (ReadOnlySpan<QuotaUse>)[state.Files, state.Bytes, state.Attempts])
            {
                json.WriteStartObject(use.Quota);
                json.WriteNumber("limit", use.Limit);
                json.WriteNumber("used", use.Used);
                json.WriteString("resets_at", Envelope.Time(use.ResetsAt));
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteNumber("waiting", state.Waiting);
            json.WriteEndObject();
        }
        await JsonResponse.WriteAsync(http, body.WrittenMemory);
    }

    /// <summary>The upload that the page begins after; null: the first page. One that is not this contact's would make a page that says nothing.</summary>
    private async ValueTask<OrProblem<UploadId?>> AfterAsync(HttpContext http, string contact)
    {
        var text = http.Request.Query[After].ToString();
        if (text.Length == 0) return (UploadId?)null;
        if (UploadId.TryParse(text, out var id) && await rows.FindAsync(id, http.RequestAborted) is { } row && string.Equals(row.ContactId, contact, StringComparison.Ordinal)) return id;
        return new Problem(ProblemCodes.UploadNotFound) { Detail = "after names no upload of this contact: pass on the value of next, or leave it out for the first page.", Field = After };
    }
}
