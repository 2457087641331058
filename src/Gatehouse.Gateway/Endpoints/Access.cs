using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary>Whether a request's caller may use an endpoint.</summary>
internal static class Access
{
    /// <summary>Null: let in.</summary>
    public static Problem? Refuse(this ApiKeys keys, HttpContext http, CallerScopes scope) =>
        keys.Authenticate(http).Failed(out var unknown, out var caller) ? unknown : caller.Require(scope);
}
