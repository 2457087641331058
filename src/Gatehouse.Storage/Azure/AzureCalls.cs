using System.Net;
using Gatehouse.Actors;

namespace Gatehouse.Storage.Azure;

/// <summary>Calls of the Blob service's REST API: authorized, bounded in time, tried again where that may help.</summary>
internal sealed class AzureCalls(AzureOptions options, HttpClient http, IAzureCredential credential, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The answer, its head read and its body still to come; null: there is no such blob. Its owner disposes it.</summary>
    /// <param name="request">Made anew for each try.</param>
    /// <exception cref="StoreUnavailableException">It could not be done; another try may.</exception>
    public async ValueTask<HttpResponseMessage?> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (var tried = 0; ; tried++)
        {
            StoreUnavailableException fault;
            try
            {
                var message = request();
                var answer = await TryAsync(message, cancellationToken);
                if (answer.IsSuccessStatusCode) return answer;
                using (answer)
                {
                    if (answer.StatusCode == HttpStatusCode.NotFound && IsOfNoBlob(message.Method, Code(answer))) return null;
                    var said = $"{(int)answer.StatusCode} {Code(answer)}".TrimEnd();
                    fault = new StoreUnavailableException($"The object store could not do it: {said}.", innerException: null) { Answered = said };
                    if (!MayPass(answer.StatusCode)) throw fault;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                fault = new StoreUnavailableException($"The object store could not do it: {e.Message}", e);
            }
            if (tried >= options.Retries) throw fault;
            await Task.Delay(FirstPause * (1 << tried), time, cancellationToken);
        }
    }

    /// <summary>The service's own word for what was wrong; empty: it said none, as to HEAD.</summary>
    public static string Code(HttpResponseMessage answer) => answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? string.Join(',', codes) : "";

    private async ValueTask<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        using (request)
        {
            request.Headers.Add(AzureApi.VersionHeader, AzureApi.Version);
            request.Headers.Add(AzureApi.DateHeader, time.GetUtcNow().UtcDateTime.ToString("R"));
            await credential.AuthorizeAsync(request, limit.Token);
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
    }

    /// <summary>Of a wordless 404 only HEAD's is the service's own: any other comes from something in between.</summary>
    private static bool IsOfNoBlob(HttpMethod method, string code) => code is "BlobNotFound" || (code.Length == 0 && method == HttpMethod.Head);

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
