using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Genesys.Routes;
using Prometheus;

namespace Gatehouse.Gateway.Telemetry;

/// <summary>What <c>GET /metrics</c> tells, in Prometheus' text format. Names follow its conventions: base units, <c>_total</c> for counters.</summary>
public sealed class GatewayMetrics
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Counter _uploads;
    private readonly Counter _bytes;
    private readonly Histogram _steps;
    private readonly Counter _ended;
    private readonly Counter _attempts;
    private readonly Counter _calls;
    private readonly Histogram _callSeconds;
    private readonly Counter _refreshes;
    private readonly Counter _pauses;
    private readonly Counter _pausedSeconds;
    private readonly Counter _pausesCut;
    private readonly Counter _profiles;
    private readonly Gauge _queued;
    private readonly Gauge _queuedBytes;
    private readonly Gauge _lines;
    private readonly Gauge _oldest;
    private readonly Gauge _permits;
    private readonly Gauge _paused;
    private readonly Gauge _routeUp;
    private readonly Gauge _runners;
    private readonly Gauge _stored;
    private readonly Gauge _streams;

    public GatewayMetrics()
    {
        Registry = Metrics.NewCustomRegistry();
        var make = Metrics.WithCustomRegistry(Registry);
        _uploads = make.CreateCounter("gatehouse_uploads_total", "Upload requests answered, by outcome (delivered, accepted, duplicate, replayed, refused, hung_up) and problem code.", "outcome", "code");
        _bytes = make.CreateCounter("gatehouse_upload_bytes_total", "Bytes of files received, refused ones as far as they were read.");
        _steps = make.CreateHistogram("gatehouse_upload_step_seconds", "Time an upload spends in each step of the pipeline.", ["step"], new HistogramConfiguration { Buckets = Seconds });
        _ended = make.CreateCounter("gatehouse_uploads_ended_total", "Uploads that ended on this node, by final status.", "status");
        _attempts = make.CreateCounter("gatehouse_delivery_attempts_total", "Delivery attempts, by route and outcome (sent, refused, route_down, rate_limited, not_yet, trouble; unknown: it may have arrived, and the next attempt may repeat it).", "route", "outcome");
        _calls = make.CreateCounter("gatehouse_genesys_calls_total", "Calls to Genesys Cloud, by operation and HTTP status (none: no answer).", "operation", "status");
        _callSeconds = make.CreateHistogram("gatehouse_genesys_call_seconds", "Duration of calls to Genesys Cloud.", ["operation"], new HistogramConfiguration { Buckets = Seconds });
        _refreshes = make.CreateCounter("gatehouse_token_refreshes_total", "Access tokens requested by this node, by result (ok, failed).", "result");
        _pauses = make.CreateCounter("gatehouse_genesys_pauses_total", "Times that a 429 paused this node's calls.");
        _pausedSeconds = make.CreateCounter("gatehouse_genesys_paused_seconds_total", "Seconds of pause that Genesys asked for.");
        _pausesCut = make.CreateCounter("gatehouse_genesys_pauses_cut_total", "Times that Genesys asked for a longer pause than Delivery:MaxRetryAfterSeconds grants: worth an alarm.");
        _profiles = make.CreateCounter("gatehouse_supported_content_unreadable_total", "Times that the supported content profile could not be read; files were sent without knowing whether Genesys drops them.");
        _queued = make.CreateGauge("gatehouse_queue_uploads", "Uploads accepted and not yet ended.");
        _queuedBytes = make.CreateGauge("gatehouse_queue_bytes", "Their bytes.");
        _lines = make.CreateGauge("gatehouse_queue_lines", "Contacts with such uploads.");
        _oldest = make.CreateGauge("gatehouse_queue_oldest_seconds", "Age of the oldest of them.");
        _permits = make.CreateGauge("gatehouse_genesys_permits", "Calls that this node may make now; -1: no limit.");
        _paused = make.CreateGauge("gatehouse_genesys_paused", "1 while calls to Genesys are paused.");
        _routeUp = make.CreateGauge("gatehouse_route_up", "1 while the route's circuit is closed.", "route");
        _runners = make.CreateGauge("gatehouse_delivery_runners", "Contacts whose line this node is sending.");
        _stored = make.CreateGauge("gatehouse_blob_bytes", "Bytes in the blob store and the spool.");
        _streams = make.CreateGauge("gatehouse_event_streams", "Open streams of an upload's status events.");
    }

    public CollectorRegistry Registry { get; }

    public void Answered(string outcome, string code, long bytes)
    {
        _uploads.WithLabels(outcome, code).Inc();
        _bytes.Inc(bytes);
    }

    /// <summary>The child of one step, resolved once: the lookup by label is not for the hot path.</summary>
    public IObserver Step(string name) => _steps.WithLabels(name);

    public void Ended(UploadStatus status) => _ended.WithLabels(Lower(status)).Inc();

    public void Attempt(string route, RouteOutcome outcome) => _attempts.WithLabels(route, outcome switch
    {
        RouteOutcome.Sent => "sent",
        RouteOutcome.Refused => "refused",
        RouteOutcome.RouteDown => "route_down",
        RouteOutcome.RateLimited => "rate_limited",
        RouteOutcome.NotYet => "not_yet",
        RouteOutcome.Trouble { OutcomeUnknown: true } => "unknown",
        _ => "trouble",
    }).Inc();

    public void Call(string operation, int? status, TimeSpan took)
    {
        _calls.WithLabels(operation, status?.ToString(CultureInfo.InvariantCulture) ?? "none").Inc();
        _callSeconds.WithLabels(operation).Observe(took.TotalSeconds);
    }

    public void TokenRefreshed(bool ok) => _refreshes.WithLabels(ok ? "ok" : "failed").Inc();

    public void Paused(TimeSpan pause)
    {
        _pauses.Inc();
        _pausedSeconds.Inc(pause.TotalSeconds);
    }

    public void PauseCut() => _pausesCut.Inc();

    public void ProfileUnreadable() => _profiles.Inc();

    public void Queue(Backlog backlog, DateTimeOffset now)
    {
        _queued.Set(backlog.Uploads);
        _queuedBytes.Set(backlog.Bytes);
        _lines.Set(backlog.Lines);
        _oldest.Set(backlog.Oldest is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0);
    }

    public void Genesys(int permits, bool paused)
    {
        _permits.Set(permits == int.MaxValue ? -1 : permits);
        _paused.Set(paused ? 1 : 0);
    }

    public void Route(string name, bool up) => _routeUp.WithLabels(name).Set(up ? 1 : 0);

    public void Node(int runners, long storedBytes, int eventStreams)
    {
        _runners.Set(runners);
        _stored.Set(storedBytes);
        _streams.Set(eventStreams);
    }

    private static string Lower(UploadStatus status) => status switch
    {
        UploadStatus.Queued => "queued",
        UploadStatus.Delivering => "delivering",
        UploadStatus.Delivered => "delivered",
        UploadStatus.Failed => "failed",
        _ => "expired",
    };
}
