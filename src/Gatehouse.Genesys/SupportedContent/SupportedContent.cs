using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Genesys;

/// <summary>
/// The supported content profile that governs a channel, read from Genesys and kept for a while: <c>GET /api/v2/conversations/messaging/supportedcontent/{id}</c> or <c>/default</c>, permission
/// <c>messaging:supportedContent:view</c>. A profile that cannot be read stops nothing; it is told.
/// </summary>
public sealed partial class SupportedContent(GenesysClient client, OpenMessagingOptions options, TimeProvider time, IGenesysTelemetry telemetry, ILogger<SupportedContent> logger) : IDisposable
{
    /// <summary>An administrator's change is followed within this time.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>Before a file is refused, a profile older than this is read again: somebody may just have allowed its type.</summary>
    public static readonly TimeSpan TrustedToRefuseFor = TimeSpan.FromSeconds(30);

    /// <summary>A profile that could not be read is left alone for this time.</summary>
    public static readonly TimeSpan TriedAgainAfter = TimeSpan.FromMinutes(1);

    private const string Operation = "supported-content";

    private readonly string _path = "/api/v2/conversations/messaging/supportedcontent/" + (options.SupportedContentId is { } id ? Uri.EscapeDataString(id) : "default");
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading? _last;

    public void Dispose() => _reading.Dispose();

    /// <summary>Null: the profile lets the upload's type in, or is not known.</summary>
    internal async ValueTask<RouteOutcome?> RefuseInboundAsync(UploadRow upload, RequestPermits permits, CancellationToken cancellationToken)
    {
        var profile = await ProfileAsync(KeptFor, permits, cancellationToken);
        if (profile is null || profile.AllowsInbound(upload.Mime)) return null;
        profile = await ProfileAsync(TrustedToRefuseFor, permits, cancellationToken);
        if (profile is null || profile.AllowsInbound(upload.Mime)) return null;
        return new RouteOutcome.Refused(
            RefusedBecause.TypeNotAllowed, $"The supported content profile in Genesys Cloud does not let customers send {upload.Mime}: Genesys would drop the file and tell nobody. Allow the type in the profile, or send another.")
        {
            AllowedTypes = profile.Inbound,
        };
    }

    /// <summary>The profile, read anew where the last reading is older than <paramref name="age"/>: by one attempt, while others go by the old one if there is one.</summary>
    private async ValueTask<SupportedContentProfile?> ProfileAsync(TimeSpan age, RequestPermits permits, CancellationToken cancellationToken)
    {
        if (_last is { } last && IsFresh(last, age)) return last.Profile;
        if (!await _reading.WaitAsync(_last is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken)) return _last?.Profile;
        try
        {
            if (_last is { } meanwhile && IsFresh(meanwhile, age)) return meanwhile.Profile;
            return (_last = await ReadAsync(permits, cancellationToken)).Profile;
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsFresh(Reading reading, TimeSpan age) => time.GetElapsedTime(reading.At) < (reading.Failed ? TriedAgainAfter : age);

    private async ValueTask<Reading> ReadAsync(RequestPermits permits, CancellationToken cancellationToken)
    {
        var answer = await client.CallAsync(Operation, _path, static (path, api) => new HttpRequestMessage(HttpMethod.Get, PathSegment.Verbatim(api + path)), await permits.NextAsync(cancellationToken), cancellationToken);
        if (answer is GenesysAnswer.Answered { IsSuccess: true } found && SupportedContentProfile.Parse(found.Body) is { } profile) return new Reading(profile, time.GetTimestamp(), Failed: false);
        telemetry.ProfileUnreadable();
        LogUnreadable(logger, answer switch
        {
            GenesysAnswer.Answered { IsSuccess: true } => "its answer is no profile",
            GenesysAnswer.Answered { Status: 403 } => "the OAuth client lacks the permission messaging:supportedContent:view (403)",
            GenesysAnswer.Answered other => FormattableString.Invariant($"Genesys answered {other.Status}"),
            GenesysAnswer.None none => none.Why,
            _ => "",
        });
        // The last one that could be read is better than none.
        return new Reading(_last?.Profile, time.GetTimestamp(), Failed: true);
    }

    /// <param name="At">A timestamp of this node's.</param>
    private sealed record Reading(SupportedContentProfile? Profile, long At, bool Failed);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "The supported content profile could not be read: {Why}. Files are sent without knowing whether Genesys will drop them")]
    private static partial void LogUnreadable(ILogger logger, string why);
}
