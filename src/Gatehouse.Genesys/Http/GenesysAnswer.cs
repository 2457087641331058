namespace Gatehouse.Genesys;

/// <summary>What one API request came to.</summary>
public abstract record GenesysAnswer
{
    /// <param name="CorrelationId"><c>Genesys-Correlation-Id</c>, else <c>ININ-Correlation-Id</c>.</param>
    /// <param name="RetryAfter">From <c>Retry-After</c>, seconds or HTTP date.</param>
    /// <param name="Body">As received; empty when there was none, it broke off or it was longer than <see cref="GenesysClient.MaxAnswerBytes"/>.</param>
    public sealed record Answered(int Status, string? CorrelationId, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body) : GenesysAnswer
    {
        public bool IsSuccess => Status is >= 200 and < 300;
    }

    /// <param name="MayHaveArrived">The whole request had been handed to the network, so Genesys may have acted on it.</param>
    /// <param name="Outage">It looks like a fault of the way or the far side, not of this request.</param>
    /// <param name="Why">One plain sentence.</param>
    public sealed record None(bool MayHaveArrived, bool Outage, string Why) : GenesysAnswer;
}
