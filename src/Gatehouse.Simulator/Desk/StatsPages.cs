using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary><c>/simulator/stats</c>, and <c>/simulator/overview</c>, which is what the page refreshes itself from.</summary>
internal static class StatsPages
{
    private const int NewestShown = 60;

    public static void Map(WebApplication app)
    {
        var parts = new Parts(app.Services);
        app.MapMethods("/simulator/stats", [HttpMethods.Get], http =>
            Reply.Json(StatusCodes.Status200OK, parts.WriteStats).SendAsync(http.Response).AsTask());
        app.MapMethods("/simulator/stats", [HttpMethods.Delete], http =>
        {
            parts.Clear();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapMethods("/simulator/overview", [HttpMethods.Get], http =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Reply.Json(StatusCodes.Status200OK, parts.WriteOverview).SendAsync(http.Response).AsTask();
        });
    }

    private sealed class Parts(IServiceProvider services)
    {
        private readonly CallCounters _counters = services.GetRequiredService<CallCounters>();
        private readonly RetryAfterWatch _retryAfter = services.GetRequiredService<RetryAfterWatch>();
        private readonly ReceivedLog _received = services.GetRequiredService<ReceivedLog>();
        private readonly ImageShelf _images = services.GetRequiredService<ImageShelf>();
        private readonly FaultBoard _board = services.GetRequiredService<FaultBoard>();
        private readonly Dice _dice = services.GetRequiredService<Dice>();

        public void Clear()
        {
            _counters.Clear();
            _retryAfter.Clear();
        }

        public void WriteStats(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteNumber("received", _received.Total);
            json.WriteNumber("token_requests", _counters.TokenRequests);
            json.WriteStartObject("calls");
            foreach (var (name, outcomes) in _counters.Calls())
            {
                json.WriteStartObject(name);
                foreach (var (outcome, count) in outcomes)
                    json.WriteNumber(CallCounters.Text(outcome), count);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteNumber("calls_inside_retry_after", _retryAfter.Inside);
            json.WriteStartObject("calls_inside_retry_after_of");
            json.WriteNumber("429", _retryAfter.AfterLimit);
            json.WriteNumber("429_late", _retryAfter.LateAfterLimit);
            json.WriteNumber("fault", _retryAfter.AfterFault);
            json.WriteEndObject();
            json.WriteNumber("replies_dropped", _counters.RepliesDropped);
            json.WriteNumber("seed", _dice.Seed);
            json.WriteEndObject();
        }

        public void WriteOverview(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WritePropertyName("faults");
            FaultsJson.Write(json, _board.Current);
            json.WritePropertyName("stats");
            WriteStats(json);
            json.WriteNumber("kept", _received.Kept);
            json.WriteStartArray("newest");
            foreach (var receipt in _received.Newest(NewestShown))
            {
                json.WriteStartObject();
                json.WriteNumber("number", receipt.Number);
                receipt.WriteFields(json);
                json.WriteString("image", _images.Has(receipt.Number) ? "/simulator/images/" + Invariant.Text(receipt.Number) : null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
