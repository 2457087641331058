using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Gatehouse.Gateway.Configuration;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Endpoints;

/// <summary><c>GET /</c> in Development: links to what there is to see.</summary>
public sealed class HomePage(GatehouseOptions options)
{
    private const string Style =
        ":root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}h1{margin-bottom:0}li{margin:.4rem 0}code{font-size:.95em}pre{padding:1rem;white-space:pre-wrap;background:#8881;border-radius:.4rem}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public async Task HandleAsync(HttpContext http)
    {
        var body = Encoding.UTF8.GetBytes(Html($"{http.Request.Scheme}://{http.Request.Host}"));
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private string Html(string self)
    {
        var html = HtmlEncoder.Default;
        var simulator = options.Simulator.Url is { } url
            ? $"<li><a href=\"{html.Encode(url.AbsoluteUri)}\">Simulator</a>: what arrived at the stand-in for Genesys Cloud, and its faults</li>"
            : "";
        return $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gatehouse</title><style>{Style}</style></head><body>
            <h1>Gatehouse</h1><p>An upload gateway for Genesys Cloud messaging. This page is shown in Development only.</p>
            <pre>curl -F contact_id=customer-1 -F file=@samples/gatehouse.png {html.Encode(self)}/upload</pre>
            <ul>{simulator}
            <li><a href="/v1/policy">Policy</a>: what may be sent, as JSON; <a href="/v1/policy/messenger">for a Messenger deployment</a>; <a href="/web-messaging-config.js">for a web page</a></li>
            <li><a href="/health/ready">Readiness</a> and <a href="/health/live">liveness</a></li>
            <li><a href="/metrics">Metrics</a>, in Prometheus' text format</li>
            <li><a href="/problems/type-not-allowed">Problems</a>: what a refusal's <code>type</code> leads to</li>
            <li><a href="/v1/contacts/customer-1/uploads">Uploads of customer-1</a>; the <code>Location</code> of an upload's answer shows it, and with <code>/events</code> behind it tells its status as it changes</li></ul></body></html>
            """;
    }
}
