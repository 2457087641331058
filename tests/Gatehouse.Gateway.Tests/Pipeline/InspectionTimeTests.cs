using System.Text;
using Gatehouse.Gateway.Pipeline;
using Gatehouse.Inspection;

namespace Gatehouse.Gateway.Tests.Pipeline;

public sealed class InspectionTimeTests
{
    private static readonly Inspector Inspector = new(new InspectionPolicy());

    /// <summary>Neither ASCII nor UTF-8, so that its charset is sought in the whole file.</summary>
    private static readonly byte[] Text = [.. Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("Grüße aus Köln\n", 5000)))];

    [Fact]
    public void A_file_whose_pieces_take_too_long_together_is_refused_while_it_comes()
    {
        var time = new InspectionTime(new LeapingTime(TimeSpan.FromSeconds(4)));
        using var inspection = Inspector.Begin("a.txt");

        Assert.Null(time.Write(inspection, "one "u8, "text/plain", 4));
        Assert.Null(time.Write(inspection, "two "u8, "text/plain", 8));
        var refusal = time.Write(inspection, "three "u8, "text/plain", 14);

        Assert.NotNull(refusal);
        Assert.Equal(Reasons.ExpandsTooMuch, refusal.Reason);
        Assert.Equal(14, refusal.Offset);
    }

    [Fact]
    public void The_verdict_has_the_time_that_the_pieces_left()
    {
        var time = new InspectionTime(new LeapingTime(TimeSpan.FromSeconds(9.999)));
        using var inspection = Inspector.Begin("a.txt");

        Assert.Null(time.Write(inspection, Text, "text/plain", Text.Length));
        var refusal = Assert.IsType<Verdict.Refuse>(time.Complete(inspection, new Waiting(Text), "text/plain"));

        Assert.Equal(Reasons.ExpandsTooMuch, refusal.Reason);
        Assert.Equal(Text.Length, refusal.Offset);
    }

    [Fact]
    public void A_verdict_in_time_is_the_inspections_own()
    {
        var time = new InspectionTime(TimeProvider.System);
        using var inspection = Inspector.Begin("a.txt");

        Assert.Null(time.Write(inspection, Text, "text/plain", Text.Length));
        Assert.IsType<Verdict.Accept>(time.Complete(inspection, new Waiting(Text), "text/plain"));
    }

    /// <summary>Whoever looks at the clock twice finds that so much has passed; what is due within a second is due now.</summary>
    private sealed class LeapingTime(TimeSpan leap) : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += (long)(leap.TotalSeconds * TimestampFrequency);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.FromSeconds(1))
                callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Waiting(byte[] bytes) : IFileContent
    {
        public long Length => bytes.Length;

        public int ReadAt(long offset, Span<byte> into)
        {
            var rest = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
            rest = rest[..Math.Min(rest.Length, into.Length)];
            rest.CopyTo(into);
            return rest.Length;
        }
    }
}
