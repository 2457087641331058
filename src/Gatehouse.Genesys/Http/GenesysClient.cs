using System.Globalization;
using System.Net.Http.Headers;

namespace Gatehouse.Genesys;

/// <summary>
/// Calls the Platform API of one OAuth client. One call is one attempt: only a 401 is tried again, once, with a newer token. A 429 is passed on to the gate. Outcomes are
/// return values; cancellation, <see cref="CredentialsRefusedException"/> and a file that this node cannot read (<see cref="IOException"/>) throw.
/// </summary>
public sealed partial class GenesysClient(HttpMessageInvoker http, GenesysOptions options, ITokenGate gate, TimeProvider time, IGenesysTelemetry telemetry)
{
    /// <summary>A longer answer is dropped with its connection.</summary>
    public const int MaxAnswerBytes = 256 * 1024;

    /// <summary>The wait after a 429 that names none; Genesys' own SDK takes the same.</summary>
    private static readonly TimeSpan UnnamedPause = TimeSpan.FromSeconds(3);

    /// <summary>A 429 that names no wait at all, or a moment that is over, would else be asked for again as fast as calls go.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private readonly string _base = options.ResolveHosts().Api.AbsoluteUri.TrimEnd('/');
    private readonly TimeSpan _longestPause = TimeSpan.FromSeconds(options.MaxRetryAfterSeconds);
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.CallTimeoutSeconds);

    /// <summary>Makes one call; <paramref name="request"/> is asked again for a second one after a 401.</summary>
    /// <param name="operation">A fixed name, for telemetry.</param>
    internal async ValueTask<GenesysAnswer> CallAsync<T>(string operation, T state, Func<T, string, HttpRequestMessage> request, Permit permit, CancellationToken cancellationToken)
    {
        // Between the permit and here another call may have been told to wait: what Genesys said to that one it need not say again.
        if (gate.HeldBack(permit) is { } pause) return new GenesysAnswer.Answered(429, CorrelationId: null, pause, ReadOnlyMemory<byte>.Empty);
        var answer = await SendAsync(operation, state, request, permit, cancellationToken);
        if (answer is GenesysAnswer.Answered { Status: 401 })
        {
            permit = await gate.ReplaceAsync(permit, cancellationToken);
            answer = await SendAsync(operation, state, request, permit, cancellationToken);
        }
        if (answer is GenesysAnswer.Answered { Status: 429 } limited)
        {
            var wait = Granted(limited.RetryAfter ?? GenesysErrors.Parse(limited.Body).RetryAfter ?? UnnamedPause);
            return limited with { RetryAfter = await gate.BackOffAsync(permit, wait < LeastPause ? LeastPause : wait, cancellationToken) };
        }
        return answer is GenesysAnswer.Answered { RetryAfter: { } asked } patient ? patient with { RetryAfter = Granted(asked) } : answer;
    }

    private TimeSpan Granted(TimeSpan asked)
    {
        if (asked <= _longestPause) return asked;
        telemetry.PauseCut(asked, _longestPause);
        return _longestPause;
    }

    private async ValueTask<GenesysAnswer> SendAsync<T>(string operation, T state, Func<T, string, HttpRequestMessage> build, Permit permit, CancellationToken cancellationToken)
    {
        using var request = build(state, _base);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + permit.AccessToken);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", GenesysHttp.UserAgent);
        return await ExchangeAsync(operation, request, permit, cancellationToken);
    }

    /// <summary>Sends a request as it stands, to whichever host it names.</summary>
    /// <param name="permit">Null: it is no request to the Platform API.</param>
    private async ValueTask<GenesysAnswer> ExchangeAsync(string operation, HttpRequestMessage request, Permit? permit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        int? status = null;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(_timeout);
        try
        {
            using var response = await http.SendAsync(request, attempt.Token);
            status = (int)response.StatusCode;
            if (permit is not null && RateHeaders.Read(response.Headers) is { } seen) gate.Saw(permit, seen);
            return await ReadAsync(response, attempt.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (FileUnreadableException)
        {
            throw;
        }
        catch (HttpRequestException e) when (e.InnerException is FileUnreadableException)
        {
            throw e.InnerException;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            return NoAnswer(e, request, attempt.IsCancellationRequested);
        }
        finally
        {
            telemetry.CallEnded(operation, status, time.GetElapsedTime(started));
        }
    }

    private async ValueTask<GenesysAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        ReadOnlyMemory<byte>? body = null;
        try
        {
            body = await BoundedBody.ReadAsync(response.Content, status < 400 ? MaxAnswerBytes : GenesysErrors.MaxBytes, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status has come, and it decides: what broke off, never ended or was cut off only explains.
        }
        return new GenesysAnswer.Answered(status, Correlation(response.Headers), RetryAfterHeader.Read(response.Headers, time.GetUtcNow()), body ?? ReadOnlyMemory<byte>.Empty);
    }

    private GenesysAnswer.None NoAnswer(Exception e, HttpRequestMessage request, bool timedOut)
    {
        var arrived = request.Content is not FilePartContent content || content.WasHandedOver;
        return e switch
        {
            HttpRequestException { InnerException: FileEndedEarlyException } or FileEndedEarlyException => new GenesysAnswer.None(MayHaveArrived: false, Outage: false, "The file's stored bytes ended before its length."),
            OperationCanceledException when timedOut => new GenesysAnswer.None(arrived, Outage: true, string.Create(CultureInfo.InvariantCulture, $"Genesys did not answer within {_timeout.TotalSeconds} seconds.")),
            OperationCanceledException => new GenesysAnswer.None(MayHaveArrived: false, Outage: true, "No connection to Genesys could be made in time."),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } failed =>
                new GenesysAnswer.None(MayHaveArrived: false, Outage: true, $"No connection to Genesys could be made ({failed.HttpRequestError})."),
            _ when arrived => new GenesysAnswer.None(MayHaveArrived: true, Outage: true, "The connection to Genesys broke before its answer."),
            _ => new GenesysAnswer.None(MayHaveArrived: false, Outage: true, "The connection to Genesys broke while the file was being sent."),
        };
    }

    /// <summary>The new header and the old one; both where they differ, since Genesys' support may ask for either.</summary>
    private static string? Correlation(HttpResponseHeaders headers)
    {
        var present = Header(headers, "Genesys-Correlation-Id");
        var former = Header(headers, "ININ-Correlation-Id");
        return present is null || former is null || string.Equals(present, former, StringComparison.Ordinal) ? present ?? former : $"{present}, {former}";
    }

    private static string? Header(HttpResponseHeaders headers, string name)
    {
        const int most = 128;
        if (!headers.NonValidated.TryGetValues(name, out var values)) return null;
        var text = values.ToString().Trim();
        return text.Length is > 0 and <= most && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text : null;
    }
}
