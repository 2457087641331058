using Gatehouse.Scenarios.Cluster.Checking;

namespace Gatehouse.Scenarios.Cluster;

/// <summary>What a report says of a run, from a history that is told.</summary>
public sealed class FiguresTests
{
    private readonly Story _story = new();

    private Figures Figures => Figures.Of(_story.History, load: Story.Second(10));

    [Fact]
    public void The_longest_gap_is_the_longest_time_without_a_200_or_202_under_load()
    {
        _story.Deliver("anna", 0.3);
        _story.Deliver("ben", 4.8, told: 202);
        _story.Deliver("anna", 8.8);
        _story.Deliver("anna", 20);
        _story.Answer("busy", "anna", new Reply(503, Code: "busy", HasRetryAfter: true), 2);
        Assert.Equal((Story.Second(4.5), Story.Second(0.5)), Figures.LongestGap);
        _story.Sendings.RemoveAll(s => s.File.Contact is "ben");
        _story.Sendings.RemoveAt(0);
        Assert.Equal((Story.Second(9), TimeSpan.Zero), Figures.LongestGap);
    }

    [Fact]
    public void A_line_stands_from_what_came_last_of_it_or_into_it_to_the_next_arrival()
    {
        var first = _story.Deliver("anna", 1);
        _story.Deliver("anna", 6);
        _story.Deliver("ben", 2);
        Assert.Equal(0.05, Figures.LongestStand.Lasted.TotalSeconds, precision: 3);
        _story.Uploads[1] = _story.Uploads[1] with { CreatedAt = Story.Second(3) };
        Assert.Equal(3.1, Figures.LongestStand.Lasted.TotalSeconds, precision: 3);
        Assert.Equal(3.1, Figures.LongestWay.TotalSeconds, precision: 3);
        _story.ArriveAgain(first, 5);
        Assert.Equal(3.9, Figures.LongestStand.Lasted.TotalSeconds, precision: 3);
        Assert.Equal((4, 1), Figures.Arrivals);
    }

    [Fact]
    public void A_line_that_was_taken_up_in_vain_stands_from_then()
    {
        _story.Deliver("anna", 1);
        _story.Uploads[0] = _story.Uploads[0] with { CreatedAt = Story.Second(1) };
        _story.Arrivals[0] = _story.Arrivals[0] with { At = Story.Second(20) };
        Assert.Equal(Story.Second(19), Figures.LongestStand.Lasted);
        _story.Claims.Add(new("anna", Story.Second(1.5)));
        _story.Claims.Add(new("anna", Story.Second(11.5)));
        _story.Claims.Add(new("ben", Story.Second(16)));
        Assert.Equal(Story.Second(10), Figures.LongestStand.Lasted);
        Assert.Equal(Story.Second(19), Figures.LongestWay);
    }

    [Fact]
    public void Answers_are_counted_by_status_code_and_quota()
    {
        _story.Deliver("anna", 1);
        _story.Answer("a", "anna", new Reply(429, Code: "quota-exceeded", Quota: "line", HasRetryAfter: true), 2);
        _story.Sendings.Add(_story.Sendings[0] with { Reply = null, Broken = "cut off" });
        Assert.Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["200"] = 1, ["429 quota-exceeded line"] = 1, ["cut off"] = 1 }, Figures.Answers);
    }
}
