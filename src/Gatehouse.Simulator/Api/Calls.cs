namespace Gatehouse.Simulator;

/// <summary>
/// A call's way: faults that strike before the work, the token, the budget, the work, its record, and the fault that swallows the reply.
/// </summary>
internal sealed class Calls(
    FaultBoard board, Dice dice, CallCounters counters, RetryAfterWatch retryAfter, TokenBook tokens, RateWindows rates, ReceivedLog received, TimeProvider time)
{
    public async Task AnswerAsync(HttpContext http, Operation operation)
    {
        var faults = board.Current;
        var exposed = (operation.Access != Access.Credentials || faults.Token == true) && faults.Strike(operation.Name);
        if (operation.Access != Access.OutsideApi)
            retryAfter.CallArrived();
        if (operation.Access == Access.Credentials)
            counters.TokenRequested();
        try
        {
            if (exposed && faults.LatencyMs is > 0 and var latency)
                await Task.Delay(TimeSpan.FromMilliseconds(latency), time, http.RequestAborted);
            if (exposed && dice.Hits(faults.DropRate ?? 0))
            {
                counters.Add(operation.Name, CallCounters.Dropped);
                http.Abort();
                return;
            }

            await ReplyAsync(http, operation, faults, exposed);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The caller hung up or sent a body that HTTP itself cannot read: there is nobody to answer.
            counters.Add(operation.Name, CallCounters.Aborted);
            http.Abort();
        }
    }

    private async ValueTask ReplyAsync(HttpContext http, Operation operation, Faults faults, bool exposed)
    {
        var correlationId = Guid.NewGuid().ToString();
        http.Response.Headers["ININ-Correlation-Id"] = correlationId;
        var reply = exposed && faults.Status is { } status && dice.Hits(faults.Rate ?? 1)
            ? operation.Fault(status, faults.RetryAfterSeconds, correlationId)
            : await WorkAsync(http, operation, faults, correlationId);

        var swallowed = exposed && reply.Status is >= 200 and < 400 && dice.Hits(faults.DropAfterReplyRate ?? 0);
        if (reply.Receipt is { } receipt)
        {
            var number = received.Add(receipt with { Reply = swallowed ? Receipt.Dropped : Receipt.Sent });
            reply.Recorded?.Invoke(number);
        }

        if (swallowed)
        {
            counters.ReplyDropped(operation.Name);
            http.Abort();
            return;
        }

        if (exposed)
            await board.RepliesGoAsync(http.RequestAborted);
        if (reply.RetryAfterSeconds is { } seconds)
            retryAfter.Sent(reply.Status, seconds);
        counters.Add(operation.Name, reply.Status);
        await reply.SendAsync(http.Response);
    }

    private async ValueTask<Reply> WorkAsync(HttpContext http, Operation operation, Faults faults, string correlationId)
    {
        if (operation.Access != Access.Token)
            return await operation.DoAsync(http, correlationId, http.RequestAborted);
        if (tokens.Refusal(http.Request.Headers.Authorization, correlationId, out var bearer) is { } refusal)
            return refusal;
        var rate = rates.Count(bearer, faults);
        return rate is { IsOver: true } over
            ? ErrorBody.TooManyRequests(faults.RetryAfterSeconds ?? over.ResetSeconds, correlationId)
            : await operation.DoAsync(http, correlationId, http.RequestAborted) with { Rate = rate };
    }
}
