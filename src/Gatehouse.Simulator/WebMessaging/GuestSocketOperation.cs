using System.Net.WebSockets;
using System.Text.Json;

namespace Gatehouse.Simulator;

/// <summary><c>GET /v1?deploymentId=…</c> as a WebSocket: the channel of a customer in Messenger. No OAuth; the guest's token comes in every frame.</summary>
internal sealed class GuestSocketOperation(
    IEnumerable<GuestAction> actions, FaultBoard board, Dice dice, CallCounters counters, RateWindows rates, ReceivedLog received, IHostApplicationLifetime lifetime, TimeProvider time) : Operation
{
    private const int MostTokenCharacters = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    private readonly Dictionary<string, GuestAction> _actions = actions.ToDictionary(action => action.Name, StringComparer.Ordinal);

    public override string Method => HttpMethods.Get;

    public override string Path => "/v1";

    public override Access Access => Access.OutsideApi;

    public override async ValueTask<Reply> DoAsync(HttpContext http, string correlationId, CancellationToken cancellationToken)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            return ErrorBody.Of(400, "bad.request", "Web messaging is spoken over a WebSocket.", correlationId);
        if (board.Current.AllowedOrigins is { } origins && !(http.Request.Headers.Origin is [{ } origin] && origins.Contains(origin)))
            return ErrorBody.Of(403, "not.authorized", "The deployment does not allow this origin.", correlationId);

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var connection = new GuestConnection(await http.WebSockets.AcceptWebSocketAsync(), http.Request);
        try
        {
            while (await connection.ReceiveAsync(ends.Token) is { } frame && await AnswerAsync(connection, frame, ends.Token))
            {
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // Nobody is left to tell.
        }

        return Reply.Upgraded;
    }

    /// <summary>False when a fault has ended the connection.</summary>
    private async ValueTask<bool> AnswerAsync(GuestConnection connection, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        var faults = board.Current;
        var (name, answer) = Work(connection, frame, faults);
        if (!faults.Strike(name))
            faults = Faults.None;
        if (faults.LatencyMs is > 0 and var latency)
            await Task.Delay(TimeSpan.FromMilliseconds(latency), time, cancellationToken);
        if (dice.Hits(faults.DropRate ?? 0))
        {
            counters.Add(name, CallCounters.Dropped);
            connection.Abort();
            return false;
        }

        var done = answer();
        var swallowed = done.Code == 200 && dice.Hits(faults.DropAfterReplyRate ?? 0);
        if (done.Receipt is { } receipt)
            received.Add(receipt with { Reply = swallowed ? Receipt.Dropped : Receipt.Sent });
        if (swallowed)
        {
            counters.ReplyDropped(name);
            connection.Abort();
            return false;
        }

        if (faults.HoldReplies == true)
            await board.RepliesGoAsync(cancellationToken);
        counters.Add(name, done.Code);
        if (done.ToAllOf is { } session)
            await session.TellAsync(done.Frame);
        else
            await connection.SendAsync(done.Frame, cancellationToken);
        return true;
    }

    /// <summary>What a frame asks for, by its name in the statistics, and the doing of it.</summary>
    private (string Name, Func<GuestAnswer> Answer) Work(GuestConnection connection, ReadOnlyMemory<byte> frame, Faults faults)
    {
        string? tracing = null;
        try
        {
            using var document = JsonDocument.Parse(frame, Strict);
            var fields = new Fields(document.RootElement.Clone(), new FieldProblems());
            tracing = fields.Text("tracingId", 255);
            if (fields.Text("action", 64) is { } name && _actions.TryGetValue(name, out var action))
                return ("GUEST " + name, () => TryDo(action, connection, fields, tracing, faults));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in it: it names no action.
        }

        return ("GUEST (no such action)", () => GuestFrames.Error(GuestErrors.BadRequest, tracing));
    }

    private GuestAnswer TryDo(GuestAction action, GuestConnection connection, Fields frame, string? tracing, Faults faults)
    {
        try
        {
            return Do(action, connection, frame, tracing, faults);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is only found when its string is read.
            return GuestFrames.Error(GuestErrors.BadRequest, tracing);
        }
    }

    private GuestAnswer Do(GuestAction action, GuestConnection connection, Fields frame, string? tracing, Faults faults)
    {
        if (frame.Text("token", MostTokenCharacters) is not { } token)
            return GuestFrames.Error(GuestErrors.MissingParameter, tracing, "token is required");
        if (faults.GuestRequestsPerMinute is { } allowed && rates.Count("guest " + token, allowed) is { IsOver: true } rate)
            return GuestFrames.TooMany(GuestErrors.RequestRateTooHigh, rate.ResetSeconds, tracing);
        var call = new GuestCall(connection, frame, token, tracing, connection.Sessions.GetValueOrDefault(token), faults);
        return action.FaultOf(faults) is { } code ? action.Refuse(call, code) : action.Do(call);
    }
}
