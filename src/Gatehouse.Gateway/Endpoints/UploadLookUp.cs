using Gatehouse.Actors;
using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary>The upload that an address names, for callers with the scope <c>read</c>.</summary>
public sealed class UploadLookUp(ApiKeys keys, IUploadRows rows)
{
    public async ValueTask<OrProblem<UploadRow>> FindAsync(HttpContext http, string id)
    {
        if (keys.Refuse(http, CallerScopes.Read) is { } refused) return refused;
        if (!UploadId.TryParse(id, out var upload) || await rows.FindAsync(upload, http.RequestAborted) is not { } row) return new Problem(ProblemCodes.UploadNotFound);
        return row;
    }
}
