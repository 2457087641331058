using Microsoft.AspNetCore.Builder;

namespace Gatehouse.Gateway.Hosting;

/// <summary>What the proxy in front calls a request (<c>X-Request-Id</c>), its log lines and its problem's <c>correlation_id</c> call it too, so that one search finds all of them.</summary>
internal static class RequestNames
{
    public const string Header = "X-Request-Id";

    private const int MaxLength = 64;

    public static void UseRequestNames(this WebApplication app) => app.Use(next => http =>
    {
        if (http.Request.Headers[Header] is [{ } name] && IsName(name)) http.TraceIdentifier = name;
        return next(http);
    });

    /// <summary>It goes into the log: nothing that could be read as anything else there.</summary>
    private static bool IsName(string name) => name.Length is > 0 and <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
