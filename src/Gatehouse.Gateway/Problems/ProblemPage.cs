using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gatehouse.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gatehouse.Gateway.Problems;

/// <summary><c>GET /problems/{code}</c>: what a problem's <c>type</c> leads to. HTML for people, JSON where <c>Accept</c> asks for it.</summary>
public static class ProblemPage
{
    // The page needs nothing but its own style sheet, named by its hash.
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}code{font-size:.95em}dt{font-weight:600;margin-top:1rem}dd{margin:0}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static async Task WriteAsync(HttpContext context, string code, CancellationToken cancellationToken)
    {
        var found = ProblemCatalogue.Find(code);
        var response = context.Response;
        response.StatusCode = found is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = HeaderNames.Accept;

        byte[] body;
        if (PrefersJson(context.Request))
        {
            response.ContentType = found is null ? ProblemJson.MediaType : "application/json";
            body = Json(found);
        }
        else
        {
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy = Policy;
            body = Encoding.UTF8.GetBytes(Html(found));
        }
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(body, cancellationToken);
    }

    private static string Html(ProblemCode? code)
    {
        var html = HtmlEncoder.Default;
        var title = html.Encode(code?.Title ?? "No such problem");
        var content = code is null
            ? "<p>There is no problem with this code.</p>"
            : $"<p><code>{html.Encode(code.Name)}</code>, status {code.Status}</p><dl><dt>What the caller reads</dt><dd>{Words(code.Error)}</dd>" +
              $"<dt>Cause</dt><dd>{Words(code.Cause)}</dd><dt>Remedy</dt><dd>{Words(code.Remedy)}</dd></dl>";
        return $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head><body><h1>{title}</h1>{content}</body></html>";
    }

    /// <summary>The catalogue's words for a page: what stands in backticks there is code.</summary>
    private static string Words(string text) =>
        string.Concat(text.Split('`').Select((piece, i) => i % 2 == 0 ? HtmlEncoder.Default.Encode(piece) : $"<code>{HtmlEncoder.Default.Encode(piece)}</code>"));

    private static byte[] Json(ProblemCode? code)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, ReadableJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, code?.Type ?? "about:blank");
            json.WriteString("title"u8, code?.Title ?? "Not Found");
            json.WriteNumber("status"u8, code?.Status ?? StatusCodes.Status404NotFound);
            if (code is not null)
            {
                json.WriteString("code"u8, code.Name);
                json.WriteString("error"u8, code.Error);
                json.WriteString("cause"u8, code.Cause);
                json.WriteString("remedy"u8, code.Remedy);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>JSON wins where its quality is higher than that of HTML; a tie, or no preference, gives the page.</summary>
    private static bool PrefersJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.Where(v => v is not null)!], out var accepted)) return false;
        double json = 0, html = 0;
        foreach (var type in accepted)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(ProblemJson.MediaType, StringComparison.OrdinalIgnoreCase))
                json = Math.Max(json, quality);
            else if (type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase))
                html = Math.Max(html, quality);
        }
        return json > html;
    }
}
