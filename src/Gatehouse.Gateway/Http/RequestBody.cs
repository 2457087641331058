using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.Gateway.Http;

/// <summary>How far a request's body has been read: what decides how a refusal ends the connection.</summary>
internal sealed class RequestBody
{
    public bool Started { get; private set; }

    public bool Finished { get; private set; }

    public static RequestBody Of(HttpContext context)
    {
        if (context.Features.Get<RequestBody>() is { } known) return known;
        var body = new RequestBody { Finished = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false };
        context.Features.Set(body);
        return body;
    }

    public void Start() => Started = true;

    public void Finish() => Finished = true;
}
